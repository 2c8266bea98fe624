view-inbox = المفتوحة
view-overdue = متأخرة
view-due_soon = قريبة الاستحقاق
view-unassigned = بلا مسؤول
view-mine = عندي
view-attention = تحتاج نظرة
view-to_accept = أُجيب عنها فوراً
view-closed = مغلقة
view-all = الكل

sort-pressing = الأكثر إلحاحاً أولاً
sort-newest = الأحدث أولاً
sort-oldest = الأقدم أولاً
sort-level = الأعلى مستوى أولاً

inbox-views = طرق العرض
inbox-overdue = متأخرة
inbox-due_soon = تستحق خلال أيام
inbox-unassigned = بلا مسؤول
inbox-to_accept = أُجيب عنها فوراً وتنتظر القبول
case-told = أُجيب عنه فوراً
case-told-waits = أُجيب عنها فوراً وتنتظر القبول
case-told-not_enough = أُجيب عنها فوراً ولم يكفِ الجواب
case-accept = اقبل وأغلق
case-accept_words = أُجيب الشخص عند تسجيل الطلب. اقبل الجواب فتُغلق الحالة ويُحسب ذلك اليوم يوم الرد، أو أجب من جديد من القائمة.
case-accepted = قُبل الجواب وأُغلقت.
inbox-attention = تحتاج نظرة
inbox-search = الرقم أو النص أو المكان أو الموضوع
inbox-downloading = ما زال التنزيل جارياً: وصل { $done } من نحو { $all }. تكتمل القائمة تلقائياً.
inbox-none = لا شيء هنا
inbox-none_words = عندما تحتاج شكوى إليك تظهر هنا.
inbox-none_filtered = لا شكوى تطابق هذه المرشحات.
inbox-clear = امسح المرشحات
inbox-total-most = { $count } شكوى أو أكثر؛ ضيّق البحث لترى ما تريد
inbox-narrow = هذه أول { $count } شكوى. ضيّق البحث لترى الباقي.
inbox-total = { $count ->
    [0] لا شكاوى
    [one] شكوى واحدة
    [two] شكويان
    [few] { $count } شكاوى
    [many] { $count } شكوى
   *[other] { $count } شكوى
}

case-nobody = لا أحد بعد
case-awaiting = بانتظار التأكيد
case-conflict = نسختان
case-reopened = { $times ->
    [one] أُعيد فتحها
    [two] أُعيد فتحها مرتين
    [few] أُعيد فتحها { $times } مرات
    [many] أُعيد فتحها { $times } مرة
   *[other] أُعيد فتحها { $times } مرة
}

case-back = إلى الوارد
case-side = التواريخ والإجراءات
case-facts = المعلومات
case-contact = صاحب الشكوى
case-subject = من تخصه
case-no_contact = هوية صاحب الشكوى غير معروضة لك.
case-recorded_by = سجلها
case-sub_district = الناحية
case-timeline = ما الذي جرى
case-responsible = المسؤول عنها
case-actions = الخطوة التالية
case-no_actions = لا إجراء متاحاً لك هنا الآن.
case-duplicates = قد تكون مكررة
case-duplicates_words = قارن قبل الدمج. لا يُدمج شيء تلقائياً.
case-sealed_title = حساسة: الترويسة فقط هنا
case-sealed_words = الكلام والأسماء والأطراف لدى المختص فقط.
case-sealed_open_title = مختومة: فُتحت على هذا الجهاز فقط
case-sealed_open_words = لا شيء منها محفوظ مقروءاً، لا هنا ولا على الخادم. لا تنسخها إلى أي مكان، ولا تتكلم عنها إلا مع المذكورين هنا.
case-sealed_shut_title = مختومة: لا مفتاح على هذا الجهاز يفتحها
case-sealed_shut_words = تُعدّ كأنها لم يُطَّلع عليها بعد. أدخل بطاقة مفتاحك على هذا الجهاز، أو اتصل بأحد المذكورين هنا.
case-sealed_partly = جزء منها لم يُختم لك بعد. سيُختم لك حين يتصل جهاز أحد المذكورين هنا بالشبكة.
case-sealed_look_by = لم يفتحها أحد من المذكورين هنا بعد. إن لم يفتحها أحد حتى { $moment } أُبلغ من يليهم.
case-sealed_holders = من يحملها
case-sealed_told = ما قيل
case-sealed_raised = ما كان في الشكوى قبل رفعها
case-sealed_before = الإجراءات قبل رفعها
case-sealed_late = وصل بعد ختمها
case-raise_title = رفع هذه الشكوى وختمها؟
case-raise_words = لا يمكن التراجع عن ذلك: تُحذف من كل جهاز آخر، ولا يفتحها بعدها إلا المختصون.
case-raise_do = ارفعها واختمها
merge-hint = تسعة أرقام، أو اختر من الأسفل.

clock-title = الأيام
clock-ended = { $days ->
    [0] تم الرد في اليوم نفسه
    [one] تم الرد بعد يوم
    [two] تم الرد بعد يومين
    [few] تم الرد بعد { $days } أيام
    [many] تم الرد بعد { $days } يوماً
   *[other] تم الرد بعد { $days } يوم
}
clock-passed = مضى { $passed } من { $all } يوماً
clock-unsynced = مضى { $days } من { $all } يوماً قبل الوصول إلى الخادم
clock-held = { $days ->
    [one] متوقفة منذ يوم، والأيام تُحتسب
    [two] متوقفة منذ يومين، والأيام تُحتسب
    [few] متوقفة { $days } أيام، والأيام تُحتسب
    [many] متوقفة { $days } يوماً، والأيام تُحتسب
   *[other] متوقفة { $days } يوم، والأيام تُحتسب
}
clock-received = الاستلام
clock-none = لا مهلة لهذه الحالة: لا يُنتظر ردّ عليها.
clock-due = الاستحقاق
clock-extended = مُدّدت إلى
clock-acknowledged = تأكيد الاستلام
clock-responded = الرد
clock-closed = الإغلاق

timeline-server = الخادم
timeline-unsynced = { $days ->
    [one] وصل إلى الخادم بعد يوم
    [two] وصل إلى الخادم بعد يومين
    [few] وصل إلى الخادم بعد { $days } أيام
    [many] وصل إلى الخادم بعد { $days } يوماً
   *[other] وصل إلى الخادم بعد { $days } يوم
}
line-to = إلى

conflict-title = نسختان: { $field }
conflict-words = غيّر شخصان هذه المعلومة في الوقت نفسه. اختر أيهما يبقى.
conflict-wrote = كتب { $person }
conflict-keep = أبقِ هذه
conflict-settled = حُسم الأمر للجميع.

fact-edit = أضف أو صحّح
fact-which = أي معلومة
fact-saved = حُفظ على هذا الجهاز.

## قراءة من الخادم: أقدم مما يحفظه هذا الجهاز، أو لم يصل بعد.
inbox-search_server = ابحث على الخادم أيضاً
inbox-at_server = من الخادم. يحتاج إلى اتصال، ولا يُحفظ منه شيء على هذا الجهاز.
inbox-back_here = عودة إلى هذا الجهاز
case-not_here = هذه الشكوى ليست على هذا الجهاز
case-not_here_words = قد تكون أقدم مما يحفظه الجهاز، أو ما زالت في الطريق، أو أُحيلت إلى غيرك، أو لم يعد لك حق قراءتها.
case-look_at_server = اقرأها من الخادم
case-at_server = مقروءة من الخادم، وهو يسجل من قرأها. لا يُحفظ منها شيء هنا ولا يمكن إضافة شيء إليها من هنا.
