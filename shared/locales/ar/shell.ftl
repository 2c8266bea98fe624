app-name = صدى
language-own_name = العربية
shell-skip = انتقل إلى الصفحة
shell-lock = اقفل الآن
nav-label = القائمة الرئيسية
nav-home = الرئيسية
nav-inbox = الوارد
nav-records = سجلاتي
nav-sessions = الجلسات
nav-coverage = التغطية
nav-projects = المشاريع
nav-waiting = الإرسال
nav-settings = الإعدادات
chip-sending = يجري الإرسال…
chip-nothing_waits = أُرسل كل شيء
chip-waiting = { $count ->
    [one] واحد ينتظر
    [two] اثنان ينتظران
    [few] { $count } تنتظر
    [many] { $count } تنتظر
   *[other] { $count } تنتظر
}
shell-file_kept = حُفظ الملف.
shell-file_not_kept = لم يُحفظ الملف. اختر مكانًا آخر.

banners-label = تنبيهات
banner-not_for_real = نسخة تجريبية: لا تُستعمل بعد لشكاوى حقيقية.
banner-persistence = قد يحذف هذا المتصفح البيانات عند امتلاء الجهاز. ثبّت التطبيق، أو أرسل ما ينتظر كل يوم.
banner-clock = ساعة هذا الجهاز تختلف عن ساعة الخادم. اضبط التاريخ والوقت.
banner-update = نسخة جديدة جاهزة.
banner-update-apply = حدِّث الآن
banner-expired = الإرسال ينتظر كلمة المرور. تابع عملك، فكل شيء محفوظ هنا.
banner-expired-open = أدخل كلمة المرور
banner-expired-renew = تابع الإرسال
renewed = تم تسجيل الدخول من جديد، والإرسال مستمر.

state-loading = لحظة من فضلك…
state-retry = حاول مرة أخرى
state-not-loaded = تعذّر تحميل هذه الصفحة. كل شيء محفوظ على هذا الجهاز. تحقق من الاتصال ثم حاول مجدداً، وإن تكرر ذلك فأعد فتح التطبيق.
not-found-title = لا توجد صفحة بهذا العنوان
not-found-words = قد يكون العنوان قديماً. لم يضِع شيء.

action-next = التالي
action-back = رجوع
action-cancel = إلغاء
action-change = تغيير
action-remove = إزالة
action-save = حفظ
action-saving = يجري الحفظ…
action-saved = حُفظ على هذا الجهاز.
action-saved-awaits = حُفظ، وهو بانتظار تأكيد الخادم.

answer-yes = نعم
answer-no = لا
answer-not_asked = لم يُسأل
choose-one = اختر…
someone = شخص ما
not-yet-sent = لم يُرسل بعد

list-all = الكل
list-and = { $first }، { $then }
list-search = بحث
list-sort = الترتيب
list-filters = مرشحات أخرى
list-more = { $count ->
    [one] أظهر واحداً آخر
    [two] أظهر اثنين آخرين
    [few] أظهر المزيد ({ $count })
    [many] أظهر المزيد ({ $count })
   *[other] أظهر المزيد ({ $count })
}

field-needed = هذا الحقل ضروري.
field-look_again = يرجى مراجعة هذا الحقل.
field-not_a_number = هذا ليس رقماً.
field-number_too_high = { $max } على الأكثر.
field-used = { $count } من { $max } حرف
field-too_long = { $excess ->
    [one] أطول من المسموح بحرف واحد (الحد { $max }). لم يُحذف شيء؛ اختصره قبل الحفظ.
    [two] أطول من المسموح بحرفين (الحد { $max }). لم يُحذف شيء؛ اختصره قبل الحفظ.
    [few] أطول من المسموح بـ { $excess } أحرف (الحد { $max }). لم يُحذف شيء؛ اختصره قبل الحفظ.
    [many] أطول من المسموح بـ { $excess } حرفاً (الحد { $max }). لم يُحذف شيء؛ اختصره قبل الحفظ.
   *[other] أطول من المسموح بـ { $excess } حرف (الحد { $max }). لم يُحذف شيء؛ اختصره قبل الحفظ.
}

place-placeholder = الاسم أو الرمز
place-hint = اكتب بعض أحرف القرية أو المخيم أو الناحية.
place-none_found = لا مكان بهذا الاسم. جرّب أحرفاً أقل، أو اختر الناحية.
place-found = { $count ->
    [one] مكان واحد
    [two] مكانان
    [few] { $count } أماكن
    [many] { $count } مكاناً
   *[other] { $count } مكان
}
place-in = { $name } – { $within }
place-too_wide = اختر ناحية أو مكاناً داخلها.

level-named = المستوى { $level }
age-late = { $days ->
    [one] متأخرة يوماً
    [two] متأخرة يومين
    [few] متأخرة { $days } أيام
    [many] متأخرة { $days } يوماً
   *[other] متأخرة { $days } يوم
}
age-today = تستحق اليوم
age-left = { $days ->
    [one] بقي يوم
    [two] بقي يومان
    [few] بقي { $days } أيام
    [many] بقي { $days } يوماً
   *[other] بقي { $days } يوم
}
banner-little_space = المساحة الباقية على هذا الجهاز قليلة. أرسل ما ينتظر أو احفظه في ملف مختوم، واحذف صوراً أو تطبيقات لا تحتاجها.
