### صناديق الشكاوى: فتحها، وأوراقها، والصندوق الذي بقي مغلقاً.

## قائمة الصناديق ونموذج الفتح.
boxes-title = صناديق الشكاوى
boxes-none = لا صناديق بعد
boxes-none_words = يضيف المشرف الصناديق في صفحة المشروع.
boxes-last = فُتح آخر مرة { $day }
boxes-never = لم يُفتح هنا بعد
boxes-late = { $days ->
    [zero] { $name }: لم يُفتح اليوم
    [one] { $name }: لم يُفتح منذ يوم
    [two] { $name }: لم يُفتح منذ يومين
    [few] { $name }: لم يُفتح منذ { $days } أيام
    [many] { $name }: لم يُفتح منذ { $days } يوماً
   *[other] { $name }: لم يُفتح منذ { $days } يوم
}
boxes-open = فتح الصندوق
boxes-openings = مرات الفتح
boxes-date = يوم الفتح
boxes-last_opened = فُتح قبلها في
boxes-other = من فتحه معك؟
boxes-other_text = أو صفته ومنظمته، إن لم يكن له حساب
boxes-other_hint = مثال: عضو اللجنة المجتمعية
boxes-papers = عدد الأوراق
boxes-slip_from = رقم أول ورقة
boxes-slips = الأوراق مرقّمة من { $from } إلى { $to }
boxes-save = سجّل الفتح
boxes-saved = سُجّل الفتح. أدخل الأوراق واحدة واحدة.

## فتح واحد وأوراقه.
opening-title = فتح الصندوق
opening-counts = الأوراق { $papers }: أُدخل منها { $entered }، وفي المغلف الموقّع { $sealed } حساسة، وبقي { $left }
opening-done = كل الأوراق محسوبة
opening-beyond = أُدخلت أوراق أكثر مما عُدّ. عدّوها مرة أخرى.
opening-openers = من فتحه
opening-slip = الورقة { $slip }
opening-enter = أدخلها
opening-sensitive = حساسة: إلى المغلف
opening-envelope_title = الورقة { $slip } إلى المغلف الموقّع؟
opening-envelope_words = لا تصوّرها ولا تكتب رقمها في البلاغ. تُعَدّ هنا فقط، ثم تكتب البلاغ في نموذج سرّي.
opening-envelope_do = إلى المغلف
opening-in_envelope = في المغلف الموقّع
opening-take_out = أُدخلت بالخطأ
opening-next = الورقة التالية

## الصناديق في صفحة المشروع.
project-boxes = صناديق الشكاوى
project-boxes_hint = صندوق يبقى مغلقاً أكثر من { $days } أيام يظهر في الصفحة الرئيسية.
project-box_code = رمز الصندوق
project-box_label = أين هو
project-box_add = أضف الصندوق

## حقول سجل الفتح.
field-box_opening-papers = عدد الأوراق
field-box_opening-slip_from = رقم أول ورقة
field-box_opening-last_opened_on = فُتح قبلها في
field-box_opening-other_opener = من فتحه معه
field-box_opening-date = يوم الفتح
field-box_opening-box = الصندوق
field-box_opening-note = ملاحظة
field-intake-box_opening = فتح الصندوق
field-intake-slip = رقم الورقة
