### الإجراءات في حياة السجل.

## ما الذي جرى، عنواناً لسطر في تسلسل الأحداث.
step-registered = تسجيل الشكوى
step-seen = اطّلاع موظف المساءلة
step-acknowledged = تأكيد الاستلام لمقدم الشكوى
step-classified = تصنيف
step-assigned = تحديد المسؤول
step-started = بدء المعالجة
step-held = إيقاف مؤقت
step-resumed = استئناف المعالجة
step-extension_asked = طلب مهلة إضافية
step-extension_approved = الموافقة على مهلة إضافية
step-answer_proposed = اقتراح رد
step-answer_approved = اعتماد الرد
step-followup = متابعة
step-contact_attempt = محاولة تواصل مع الشخص
step-responded = إيصال الرد
step-closed = إغلاق
step-close_seconded = موافقة شخص ثانٍ على الإغلاق
step-referred = إحالة إلى جهة أخرى
step-referral_received = تأكيد الجهة الأخرى
step-merged = دمج مع شكوى أخرى
step-reopened = إعادة فتح
step-voided = إلغاء (أُدخلت بالخطأ)
step-correction = ملاحظة ممن سجّلها
step-session_registered = تسجيل الجلسة
step-corrected = تصحيح عدد
step-estimated = تقدير العدد
step-estimate_dropped = إسقاط تقدير (الأشخاص أنفسهم)

## ما يمكن فعله الآن: أزرار وقوائم.
act-registered = سجّل
act-seen = تم الاطّلاع
act-acknowledged = أكّد الاستلام
act-classified = صنّف
act-assigned = حدّد المسؤول
act-started = ابدأ المعالجة
act-held = أوقف مؤقتاً
act-resumed = استأنف
act-extension_asked = اطلب مهلة إضافية
act-extension_approved = وافق على المهلة
act-answer_proposed = اقترح رداً
act-answer_approved = اعتمد الرد
act-followup = أضف متابعة
act-contact_attempt = سجّل محاولة تواصل
act-responded = سجّل إيصال الرد
act-closed = أغلق
act-close_seconded = وافق على الإغلاق
act-referred = أحِل إلى جهة أخرى
act-referral_received = سجّل تأكيد الجهة الأخرى
act-merged = ادمج مع شكوى أخرى
act-reopened = أعد فتحها
act-voided = ألغها (أُدخلت بالخطأ)
act-correction = أضف ملاحظة
act-session_registered = سجّل الجلسة
act-corrected = صحّح عدداً
act-estimated = قدّر العدد
act-estimate_dropped = الأشخاص أنفسهم: أسقط تقديراً

## من يشمله التقدير.
side-women = جهة النساء
side-men = جهة الرجال
side-all = الجميع
