### أرقام الاتصال وأماكن المساعدة والمهل والحدود: يحفظها مدير النظام وتصل إلى كل جهاز.

## صفحة مدير النظام: عناوين وشروح وأزرار.
lists-title = الأرقام والخدمات والمهل
lists-words = ما تنشره هنا يصل إلى كل جهاز عند مزامنته التالية ويعمل عليه دون شبكة. تبقى السجلات على المهل التي سُجلت في ظلها.
lists-publish = انشر لكل الأجهزة
lists-unpublished = لم يُنشر بعد
lists-hotline = أرقام يُتصل بها
lists-hotline-words = تظهر عندما يكون البلاغ حساساً: بمن يُتصل فوراً. يُتصل بالثاني إن كان البلاغ عن الأول.
lists-hotline-add = إضافة رقم
lists-services = العلاج ومساعدة الناجيات والناجين
lists-services-words = اتصل بكل جهة بين حين وآخر. يظهر للجميع يوم آخر اتصال، وما لم يتصل به أحد منذ { $days } يوماً يظهر أنه لم يُتأكد منه.
lists-services-none = لا خدمات مسجلة بعد. أضف ما اتصلت به بنفسك.
lists-service-add = إضافة خدمة
lists-service-new = خدمة جديدة
lists-service-kind = بماذا تساعد
lists-service-place = الناحية
lists-name-ar = الاسم بالعربية
lists-name-en = الاسم بالإنجليزية
lists-phone = الرقم مع رمز البلد
lists-checked-today = اتصلت اليوم وهي تعمل
lists-retire = لم تعد تُذكر لأحد
lists-limits = الأيام والساعات والمحاولات
lists-limits-words = لا تغيّرها إلا إذا تغيّرت إجراءاتكم المعتمدة.
# { $least } و{ $most } أرقام.
lists-bounds = من { $least } إلى { $most }
lists-remove = إزالة { $name }

## الاسم بعد `limit-` ثابت.
limit-response_days = أيام الرد على الشخص
limit-closure_days = أيام إغلاق الشكوى
limit-due_soon_days = قبل الموعد بكم يوم تُعدّ الشكوى قريبة الموعد
limit-stated_day_slack_days = بكم يوم يجوز أن يسبق يوم الرد أو الإغلاق المذكور وصوله إلى الخادم
limit-hold_days = كم يوماً تبقى الشكوى متوقفة قبل النظر فيها من جديد
limit-attempts = عدد المحاولات قبل أن يُعدّ الشخص متعذر الوصول
limit-attempt_modes = عدد الطرق المختلفة لهذه المحاولات، أو
limit-attempt_times = عدد الأيام أو الأوقات المختلفة
limit-attempt_span_days = الأيام من أول محاولة إلى آخرها
limit-first_attempt_days = بعد كم يوم يُطلب الاتصال بمن لم يحاول أحد الوصول إليه
limit-box_closed_days = كم يوماً يجوز أن يبقى صندوق الشكاوى مغلقاً
limit-escalation_hours = بعد كم ساعة يُرفع البلاغ السرّي الذي لم يطّلع عليه أحد إلى التالي
limit-closed_kept_days = كم يوماً تبقى الشكاوى المغلقة على الأجهزة
limit-contact_kept_days = كم يوماً يحتفظ الخادم ببيانات المتكلم بعد انتهاء الشكوى
limit-old_received_days = بعد كم يوم يسأل النموذج إن كان ذلك قديماً حقاً
limit-duplicate_days = خلال كم يوم قد تكون شكويان شكوى واحدة
limit-say_review_days = بعد كم يوم دون مراجعة تظهر معلومات المشروع أنها قديمة
limit-service_check_days = بعد كم يوم دون اتصال تظهر الخدمة أنه لم يُتأكد منها
limit-silent_days = بعد كم يوم دون جلسة يُعدّ المكان صامتاً
limit-contactless_days = بعد كم يوم دون اتصال ينسى الجهاز ما لدى الخادم
limit-passphrase_tries = بعد كم عبارة سر خاطئة لا يفتح الجهاز إلا مدير النظام
