home-greeting = أهلاً، { $name }
home-record_complaint = تسجيل شكوى
home-record_session = تسجيل جلسة توعية
home-desk = مكتبك
home-drafts = المسودات
home-no_drafts = لا مسودات
home-no_drafts_words = ما تبدأه ولا تكمله ينتظر هنا، على هذا الهاتف فقط.
home-all_sent = كل شيء وصل إلى الخادم
home-waiting = { $count ->
    [one] تغيير واحد ينتظر على هذا الهاتف
    [two] تغييران ينتظران على هذا الهاتف
    [few] { $count } تغييرات تنتظر على هذا الهاتف
    [many] { $count } تغييراً ينتظر على هذا الهاتف
   *[other] { $count } تغيير ينتظر على هذا الهاتف
}
home-never_synced = لم يحدث بعد
home-last_contact = آخر اتصال بالخادم: { $when }

draft-complaint = شكوى
draft-session = جلسة
draft-counting = عدّ مشاركين لم يكتمل
draft-saving = يجري الحفظ…
draft-saved = محفوظ على الهاتف
draft-leave = أكمل لاحقاً
draft-drop = حذف المسودة
draft-drop_title = حذف هذه المسودة؟
draft-drop_words = سيُحذف ما أدخلته من هذا الهاتف ولا يمكن استرجاعه.

records-here = على هذا الجهاز
records-none = لم تُسجَّل شكاوى بعد
records-none_words = تظهر هنا الشكاوى التي تسجلها ومراحل وصولها إلى الخادم.
records-sent = سُلّمت
records-sent_words = هذه لدى فريق المساءلة. لا يبقى منها على هذا الجهاز إلا الرقم واليوم والحالة.

waiting-changes = { $count ->
    [one] تغيير ينتظر الإرسال
    [two] تغييران ينتظران الإرسال
    [few] تغييرات تنتظر الإرسال
    [many] تغييراً ينتظر الإرسال
   *[other] تغيير ينتظر الإرسال
}
waiting-pictures = { $count ->
    [one] بينها صورة ورقة
    [two] بينها صورتان لورقتين
    [few] بينها صور أوراق
    [many] بينها صور أوراق
   *[other] بينها صور أوراق
}
waiting-send_now = أرسل الآن
waiting-oldest = الأقدم انتظاراً
waiting-last_success = آخر إرسال ناجح
waiting-last_failure = آخر محاولة
waiting-next = المحاولة التلقائية التالية
waiting-few_ref_nos = { $count ->
    [one] بقي رقم إيصال واحد على هذا الجهاز. اتصل مرة لتحصل على أرقام جديدة.
    [two] بقي رقما إيصال على هذا الجهاز. اتصل مرة لتحصل على أرقام جديدة.
    [few] بقيت { $count } أرقام إيصال على هذا الجهاز. اتصل مرة لتحصل على أرقام جديدة.
    [many] بقي { $count } رقم إيصال على هذا الجهاز. اتصل مرة لتحصل على أرقام جديدة.
   *[other] بقي { $count } رقم إيصال على هذا الجهاز. اتصل مرة لتحصل على أرقام جديدة.
}
waiting-little_space = المساحة الباقية على هذا الجهاز قليلة. احذف صوراً أو تطبيقات لا تحتاجها.
waiting-none_words = ما تسجله دون اتصال ينتظر هنا ويُرسل تلقائياً.
waiting-progress = أُرسل { $sent } من { $total }، ووصل { $fetched }
waiting-done = تم: أُرسل { $sent }، ووصل { $fetched }

aside-title = عناصر تحتاج نظرة
aside-words = لم يضِع شيء هنا. اقرأ السبب وما يجب فعله.
aside-none = لم يبقَ شيء هنا. ما أعدت محاولته يُرسل مع الباقي.
aside-retry = حاول مرة أخرى
aside-note = قرأته
aside-pictures = { $count ->
    [one] معه صورة ورقة، وهي على هذا الجهاز فقط.
    [two] معه صورتان لورقتين، وهما على هذا الجهاز فقط.
    [few] معه { $count } صور أوراق، وهي على هذا الجهاز فقط.
    [many] معه { $count } صورة، وهي على هذا الجهاز فقط.
   *[other] معه { $count } صورة، وهي على هذا الجهاز فقط.
}
aside-only_copy = لا نسخة من هذا إلا على هذا الجهاز. يبقى هنا مشفراً، حتى بعد «قبل الطريق».
aside-goes = هذا محفوظ لدى الخادم أيضاً، ويُحذف من هذا الجهاز في { $when }. حتى ذلك الحين يمكنك المحاولة مرة أخرى.
aside-entry = إدخال
aside-why_unknown = لم يُقبل، السبب { $code }. هو محفوظ. أخبر مدير النظام.

intent-draft = مسودة
intent-record_complaint = شكوى
intent-picture = صورة ورقة
intent-record_session = جلسة
intent-open_box = فتح صندوق
intent-add_step = خطوة
intent-set_facts = تصحيح معلومة
intent-count_participants = عدّ مشاركين
intent-correct_count = تصحيح عدد

settings-language = اللغة
settings-theme = المظهر
theme-auto = حسب الجهاز
theme-light = فاتح
theme-dark = داكن
theme-sun = تحت الشمس
settings-digits = الأرقام
settings-device = هذا الجهاز
settings-signed_in = المستخدم
settings-device_id = رمز الجهاز
settings-last_contact = آخر اتصال
settings-version = نسخة التطبيق
settings-snapshot = القوائم والمشاريع، نسخة
settings-storage = التخزين
settings-storage_kept = المتصفح يحتفظ بالبيانات على هذا الجهاز.
settings-storage_own = محفوظة في مساحة التطبيق.
settings-not_kept = تعذر حفظ هذا الاختيار. يبقى حتى إغلاق التطبيق.

carry-title = لا شبكة منذ وقت طويل؟ أوصِله باليد
carry-words = يُكتب كل ما ينتظر، ومعه الصور التي وُضعت جانباً، في ملف واحد لا يفتحه إلا الخادم. سلّمه لزميل أو ضعه على بطاقة ذاكرة. من يحمله لا يستطيع قراءته.
carry-make = احفظ ما ينتظر في ملف مختوم
carry-stays = يبقى هنا أيضاً، ويُحسب مرسلاً بعد أن يصل هذا الهاتف إلى الخادم. احذف الملف بعد تسليمه.
carry-left_out = { $count ->
    [one] لم تتسع في الملف صورة واحدة، وهي على هذا الجهاز فقط.
    [two] لم تتسع في الملف صورتان، وهما على هذا الجهاز فقط.
    [few] لم تتسع في الملف { $count } صور، وهي على هذا الجهاز فقط.
    [many] لم تتسع في الملف { $count } صورة، وهي على هذا الجهاز فقط.
   *[other] لم تتسع في الملف { $count } صورة، وهي على هذا الجهاز فقط.
}
carry-bring = أوصِل ملفاً مختوماً من زميل
carry-bring_words = عند وجود اتصال: اختر الملف، فيصل ما فيه إلى الخادم باسم صاحبه.
carry-choose = الملف (ينتهي بـ .sealed)
carry-brought = من { $who }: ‏{ $taken } جديد، { $known } موجود من قبل، { $aside } وُضع جانباً. يراه صاحبه عند المزامنة التالية.
