### الأشخاص وحساباتهم وأجهزتهم.

nav-people = الأشخاص والأجهزة
people-words = هنا أسماء وأجهزة فقط، ولا شيء مما كتبه أحد أو سمعه.
people-search = ابحث بالاسم
people-none_found = لا أحد بهذا الاسم.
people-new = شخص جديد
people-lost = ضاع هاتف
people-devices = { $count ->
    [0] لا جهاز
    [one] جهاز واحد
    [two] جهازان
    [few] { $count } أجهزة
    [many] { $count } جهازاً
   *[other] { $count } جهاز
}
people-no_account = لا حساب له
people-closed = الحساب مغلق
people-absent = غائب
people-no_factor = لا تطبيق مصادقة بعد
people-unknown = لا يوجد شخص كهذا، أو أن أجهزته ليست في عهدتك.

account-title = الحساب
account-login = اسم الدخول
account-login_hint = أحرف لاتينية وأرقام. يُكتب عند كل تسجيل دخول.
account-name = الاسم
account-role = الدور
account-areas = المناطق
account-areas_hint = من دون منطقة: كل الأماكن.
account-area_add = أضف منطقة
account-projects = المشاريع
account-projects_hint = من دون مشروع: كل المشاريع.
account-line_manager = المدير المباشر
account-deputy = من ينوب عنه
account-nobody = لا أحد
account-partner = المنظمة، إن لم تكن منظمتنا
account-absent = غائب: ينوب عنه نائبه
account-inactive = الحساب مغلق: تُوقف أجهزته
account-add = أضف الحساب
account-save = انشر لكل الأجهزة
account-saving = يجري النشر…
account-saved = تم النشر. تصل إلى الأجهزة عند مزامنتها التالية.
account-reset = كلمة مرور جديدة
account-reset_title = إنشاء كلمة مرور جديدة؟
account-reset_words = تنتهي كل جلسات { $person }. لا يضيع شيء على أجهزته: ما ينتظر يُرسل بعد الدخول بكلمة المرور الجديدة.
account-reset_factor = انسَ تطبيق المصادقة
account-reset_factor_title = نسيان تطبيق المصادقة وإنشاء كلمة مرور جديدة؟
account-reset_factor_words = لمن فقد تطبيق المصادقة ورموز الاسترداد. تنتهي كل جلسات { $person }، ويُضبط تطبيق جديد عند الدخول التالي. تأكد أن { $person } هو من يطلب ذلك حقاً.
account-handed_title = سلّم هذا
account-handed_words = أخبر { $person } وجهاً لوجه أو باتصال آمن. عند أول دخول يُطلب منه اختيار كلمة مرور خاصة به. لن تظهر مرة أخرى.
account-handed_done = سلّمتها

new-password = كلمة مرور خاصة بك
new-password_hint = { $least ->
    [one] حرف واحد على الأقل، وغير التي أُعطيتها.
    [two] حرفان على الأقل، وغير التي أُعطيتها.
    [few] { $least } أحرف على الأقل، وغير التي أُعطيتها.
    [many] { $least } حرفاً على الأقل، وغير التي أُعطيتها.
   *[other] { $least } حرف على الأقل، وغير التي أُعطيتها.
}
new-password_words = كلمة المرور التي أُعطيتها تصلح لهذه المرة فقط. اختر واحدة لا يعرفها غيرك.

devices-title = الأجهزة
devices-none = لم يُسجَّل الدخول بهذا الحساب من أي جهاز.
devices-id = الجهاز
devices-last_contact = آخر اتصال
devices-never = لم يتصل بعد
devices-enrolled = أول دخول
devices-version = النسخة
devices-waiting = كان ينتظر عليه
devices-waiting_count = { $count ->
    [0] لا شيء
    [one] إدخال واحد
    [two] إدخالان
    [few] { $count } إدخالات
    [many] { $count } إدخالاً
   *[other] { $count } إدخال
}
device-standing-in_use = قيد الاستعمال
device-standing-revoked = موقوف
devices-revoke = أوقفه
devices-revoke_title = إيقاف هذا الجهاز؟
devices-revoke_words = من الآن لا يستلم شيئاً من الخادم. وعند اتصاله التالي يُقفل ويحذف كل ما لدى الخادم؛ وما لم يُرسل يبقى عليه مشفّراً. لا يستطيع { $person } التراجع عن ذلك.
devices-revoke_all = أوقف كل الأجهزة
devices-revoke_all_title = إيقاف كل أجهزة هذا الشخص؟
devices-revoked = تم الإيقاف.
devices-revoke_why = ما السبب؟
devices-revoke_choose = اختر السبب
devices-revoke_told = يظهر اسمك والسبب لكل من يتابع أجهزة هذا الشخص، ومنهم من هم أعلى منك.
revoke-reason-lost = ضاع أو سُرق
revoke-reason-taken = أُخذ من صاحبه
revoke-reason-replaced = استُبدل بجهاز آخر
revoke-reason-left = لم يعد صاحبه يعمل معنا
revoke-reason-misused = قد يستخدمه شخص آخر
devices-revoked_by = أُوقف في { $when }، أوقفه { $who }. السبب: { $why }
devices-revoked_operator = مشغّل الخادم
devices-revoked_unsaid = لم يُذكر
devices-let_in = اسمح له من جديد
devices-let_in_title = السماح لهذا الجهاز من جديد؟
devices-let_in_words = فقط إن رأيته بيد { $person } أو سمعت ذلك منه بصوته. عندها يصل ما لم يُرسل منه باسم صاحبه، حتى البلاغات المختومة.
devices-was_let_in = سُمح له من جديد. على ذلك الجهاز: أغلق التطبيق وافتحه وأدخل عبارة السر، ومرة أخرى إن بقي محجوباً.
revoked-lately = أُوقف جهاز { $person }
revoked-lately_words = إن كنت لا تعرف السبب فاسأل صاحب الجهاز نفسه، ولا تكتفِ بسؤال من أوقفه. ما لم يُرسل ما زال محفوظاً ومشفّراً.
devices-lost = ضاع هذا الجهاز

lost-title = ضاع هاتف
lost-choose = هاتف من؟
lost-none = لا جهاز قيد الاستعمال لمن هم في عهدتك.
lost-revoke = أوقفه الآن
lost-done = تم إيقافه. عند اتصاله التالي بالخادم يُقفل ويحذف ما لدى الخادم.
lost-numbers = وصل منه
lost-numbers_words = { $days ->
    [one] أرقام إيصالات البلاغات التي وصلت إلى الخادم من هذا الهاتف في آخر يوم. من يحق له قراءتها يعرف بمن يتصل.
    [two] أرقام إيصالات البلاغات التي وصلت إلى الخادم من هذا الهاتف في آخر يومين. من يحق له قراءتها يعرف بمن يتصل.
    [few] أرقام إيصالات البلاغات التي وصلت إلى الخادم من هذا الهاتف في آخر { $days } أيام. من يحق له قراءتها يعرف بمن يتصل.
    [many] أرقام إيصالات البلاغات التي وصلت إلى الخادم من هذا الهاتف في آخر { $days } يوماً. من يحق له قراءتها يعرف بمن يتصل.
   *[other] أرقام إيصالات البلاغات التي وصلت إلى الخادم من هذا الهاتف في آخر { $days } يوم. من يحق له قراءتها يعرف بمن يتصل.
}
lost-numbers_none = لم يصل منه بلاغ برقم في هذه الأيام.
lost-days = عدد الأيام
lost-waiting = { $count ->
    [0] لم يكن عليه شيء ينتظر عند آخر اتصال.
    [one] كان عليه إدخال واحد ينتظر عند آخر اتصال ولم يصل. اسأل صاحب الهاتف عنه.
    [two] كان عليه إدخالان ينتظران عند آخر اتصال ولم يصلا. اسأل صاحب الهاتف عنهما.
    [few] كانت عليه { $count } إدخالات تنتظر عند آخر اتصال ولم تصل. اسأل صاحب الهاتف عنها.
    [many] كان عليه { $count } إدخالاً ينتظر عند آخر اتصال ولم تصل. اسأل صاحب الهاتف عنها.
   *[other] كان عليه { $count } إدخال ينتظر عند آخر اتصال ولم تصل. اسأل صاحب الهاتف عنها.
}
lost-shows = ما الذي قد يراه من يجده
lost-shows-locked = مطفأ أو مقفل: لا شيء مما كُتب، فالبيانات مشفّرة. يظهر أن التطبيق مثبّت، واسم دخول صاحبه.
lost-shows-running = أُخذ وهو مفتوح: كل ما يراه صاحبه، إلى أن يُقفل وحده بعد دقيقتين دون استعمال.
lost-shows-receiver = إذا فُتح بعبارة السر: البلاغات التي لم تُرسل بعد، ومن المُرسل الرقم واليوم والحالة فقط.
lost-shows-team = إذا فُتح بعبارة السر: الشكاوى المفتوحة من المستوى 1 إلى 3 في المنطقة كلها، مع أسماء أصحابها وأرقامهم.
lost-shows-handler = إذا فُتح بعبارة السر: الشكاوى المكلَّف بها، والبلاغات التي لم تُرسل بعد.
lost-shows-sealed = إذا فُتح بعبارة السر: أرقام البلاغات المختومة وأيامها، والبلاغات التي لم تُرسل بعد.
lost-shows-nothing = إذا فُتح بعبارة السر: قوائم الأماكن والمشاريع وأسماء الزملاء، ولا شكوى.
