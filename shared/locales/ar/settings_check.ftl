### ما الخطأ في الإعدادات قبل نشرها.

## يظهر بجانب الرمز المعني.
settings-problem-malformed_id = صيغة هذا الرمز غير مقبولة: أحرف لاتينية وأرقام ونقطة وشرطة، دون إطالة.
settings-problem-duplicate = هذا الرمز مكرر. أعط أحدهما رمزاً آخر.
settings-problem-missing_label = الاسم بالعربية أو بالإنجليزية ناقص.
settings-problem-missing_list = قائمة تحتاجها النماذج مفقودة أو فارغة.
settings-problem-missing_code = رمز تعتمد عليه القواعد مفقود من قائمته. أوقفه بدلاً من حذفه إن لم يعد مستخدماً.
settings-problem-unknown_place = هذا المكان غير موجود أو متوقف.
settings-problem-unknown_project = هذا المشروع غير موجود.
settings-problem-unknown_category = هذه الفئة غير موجودة.
settings-problem-unknown_sector = هذا القطاع غير موجود.
settings-problem-unknown_user = هذا الشخص غير موجود أو حسابه مغلق.
settings-problem-loop = هذا يعود إلى نفسه. اختر مديراً مباشراً أو نائباً آخر.
settings-problem-wrong_level = يجب أن يقع المكان ضمن مستوى أوسع منه.
settings-problem-bad_shape = حدود أحد الأماكن خارج الكرة الأرضية، أو أن نقاط كل الحدود أكثر مما تحتمله الهواتف.
settings-problem-ends_before_start = المشروع ينتهي قبل أن يبدأ. صحّح أحد التاريخين.
settings-problem-not_sealed = فئة بهذه الحساسية يجب أن تكون سرّية.
settings-problem-too_much_said = نصوص المشروع طويلة: لا يزيد النص على 1000 حرف، ولا تزيد الأسئلة على 40.
settings-problem-bad_limit = هذا الرقم خارج المسموح به.
settings-problem-bad_offset = لا توجد منطقة زمنية كهذه.
settings-problem-no_hotline = لا يوجد رقم للاتصال بشأن بلاغ حساس. أضف رقماً واحداً على الأقل.
settings-problem-bad_phone = رقم الاتصال يجب أن يكون بالصيغة الدولية، مثل ‎+963…
settings-problem-deleted = كان هذا الرمز مستخدماً وحُذف. أوقفه بدلاً من ذلك، فالسجلات القديمة ما زالت تعرضه.
settings-problem-bad_key_book = سجلّ المفاتيح ليس السجلّ المعمول به، أو فيه مفتاح لا يضمنه أحد. تُبدَّل المفاتيح ببطاقات المفاتيح، لا من هنا.
settings-problem-wrong_version = نشر شخص آخر إعدادات في هذه الأثناء. اطّلع على الجديدة وأعد تعديلك.
