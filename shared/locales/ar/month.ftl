## نهاية الشهر.
nav-month = نهاية الشهر
month-title = نهاية الشهر
month-words = كم شكوى أُغلقت ضمن المهلة الموعودة، والملف المطلوب للمقر.
month-figure = أُغلقت خلال { $days } يوماً في الأشهر الستة الماضية
month-cohort = الشكاوى المستلمة من { $from } إلى { $until }. ما جاء بعد ذلك ما زالت مهلته جارية ولا يُحسب.
month-share = { $part } من { $whole }
month-percent = { $percent }%
month-none = لا ينطبق
month-all = كل المستويات
month-ordinary = المستويات من 1 إلى 3
month-sealed = المستويان 4 و5
month-small = لا تُعرض: الحالات الحساسة أقل من ثلاث
month-handed = منها مسلَّمة إلى وحدة التحقيق: { $count }
month-not-yet = لم تنتهِ مهلتها بعد ولا تُحسب: { $count }
month-errors = استُبعدت لأن تاريخ الاستلام في المستقبل: { $count }
month-naive = للمقارنة فقط: نسبة ما أُغلق ضمن المهلة من كل ما أُغلق. هذا الرقم يخفي ما لم يُغلق أبداً.
month-late = لم تُغلق ضمن المهلة
month-late-none = كل الشكاوى المستحقة أُغلقت ضمن المهلة.
month-closed-after = { $days ->
    [one] أُغلقت بعد يوم
    [two] أُغلقت بعد يومين
    [few] أُغلقت بعد { $days } أيام
    [many] أُغلقت بعد { $days } يوماً
   *[other] أُغلقت بعد { $days } يوم
}
month-open-past = { $days ->
    [0] ما زالت مفتوحة، والمهلة الموعودة تنتهي اليوم
    [one] ما زالت مفتوحة، ومضى يوم على المهلة الموعودة
    [two] ما زالت مفتوحة، ومضى يومان على المهلة الموعودة
    [few] ما زالت مفتوحة، ومضت { $days } أيام على المهلة الموعودة
    [many] ما زالت مفتوحة، ومضى { $days } يوماً على المهلة الموعودة
   *[other] ما زالت مفتوحة، ومضى { $days } يوم على المهلة الموعودة
}
month-late-unread = لم تُغلق ضمن المهلة ولا يحق لك الاطلاع عليها: { $count }
month-late-more = و{ $count } أخرى؛ تجدها كلها في الوارد
month-compfu = ملف متابعة الشكاوى (COMPFU)
month-compfu-words = المستويات من 1 إلى 3 لشهر واحد، دون أسماء أو أرقام هواتف أو نص الشكوى. يُسجَّل من أعدّه.
month-which = الشهر
month-xlsx = ملف إكسل
month-csv = ملف CSV
month-made = الملف { $name } جاهز.
month-save = حفظ الملف
month-at = الأرقام بتاريخ { $day } من الخادم

## أعمدة ملف المتابعة.
compfu-name = { $column }، الاسم
compfu-label = { $column }، الوصف
compfu-ref-no = رقم الإيصال
compfu-received-on = تاريخ الاستلام
compfu-month = الشهر
compfu-channel = القناة
compfu-entry-type = نوع الملاحظة
compfu-sex = الجنس
compfu-age-band = الفئة العمرية
compfu-disability = الإعاقة
compfu-displacement = النزوح
compfu-profile = صفة المتحدث
compfu-adm1 = المحافظة
compfu-adm2 = المنطقة
compfu-adm3 = الناحية
compfu-adm4 = التجمع أو الموقع
compfu-project = المشروع
compfu-donor = الجهة المانحة
compfu-partner = الشريك
compfu-sector = القطاع
compfu-category = الفئة الرئيسية
compfu-subcategory = الفئة الفرعية
compfu-level = المستوى
compfu-urgency = الاستعجال
compfu-status = الحالة
compfu-ack-on = تاريخ الإشعار بالاستلام
compfu-assigned-role = صفة المسؤول
compfu-due-on = تاريخ الاستحقاق
compfu-responded-on = تاريخ الرد
compfu-closed-on = تاريخ الإغلاق
compfu-days-to-response = أيام حتى الرد
compfu-days-to-close = أيام حتى الإغلاق
compfu-in-time = أُغلقت ضمن المهلة
compfu-outcome = النتيجة
compfu-close-reason = سبب الإغلاق
compfu-satisfaction = الرضا
compfu-reopen-count = عدد مرات إعادة الفتح
compfu-referral-to = أحيلت إلى
