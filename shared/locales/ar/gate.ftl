sign-in-title = تسجيل الدخول
sign-in-words = مرة واحدة على هذا الجهاز مع وجود اتصال. بعدها يعمل دون اتصال.
sign-in-second_words = اختر الآن ما يفتح هذا الجهاز. لا يغادر الجهاز أبداً.
sign-in-server = عنوان الخادم
sign-in-server_hint = كما أعطاك إياه مدير النظام، من https:// إلى آخره
sign-in-login = اسم الدخول
sign-in-password = كلمة المرور
sign-in-show = أظهر ما أكتبه
sign-in-passphrase = عبارة السر لهذا الجهاز
sign-in-passphrase_hint = ثلاث كلمات أو أربع لا يجمعها غيرك.
sign-in-passphrase_again = عبارة السر مرة أخرى
sign-in-passphrase_differs = العبارتان غير متطابقتين.
sign-in-passphrase_short = { $least ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $least } أحرف على الأقل.
    [many] { $least } حرفاً على الأقل.
   *[other] { $least } حرف على الأقل.
}
sign-in-passphrase_warning = لا أحد يستطيع أن يذكّرك بعبارة السر. من دونها لا يفتح ما لم يُرسل إلا مدير النظام والجهاز في يده.
sign-in-pin = الرقم السري
sign-in-pin_hint = من 4 إلى 8 أرقام. يعيد فتح التطبيق ما دام يعمل.
sign-in-pin_bad = من 4 إلى 8 أرقام.
sign-in-do = تسجيل الدخول
sign-in-busy = يجري تسجيل الدخول…

## الرمز الثاني: رمز من تطبيق المصادقة لكل من يقرأ بلاغات غيره.
second-factor-words = دورك يتيح لك قراءة بلاغات الآخرين، لذلك لا تكفي كلمة المرور وحدها.
second-factor-code = الرمز من تطبيق المصادقة
second-factor-code_hint = ستة أرقام تتغير كل 30 ثانية، أو أحد رموز الاسترداد.
second-factor-scan = امسح هذه الصورة بتطبيق مصادقة، مثل Aegis أو Google Authenticator، لتضيف صدى إليه.
second-factor-picture = صورة فيها المفتاح لتطبيق المصادقة
second-factor-open = افتح تطبيق المصادقة على هذا الهاتف
second-factor-type = أو اكتب فيه هذا المفتاح:
second-factor-recovery = اكتب هذه الرموز على ورقة واحفظها بعيداً عن هذا الجهاز. إذا فقدت تطبيق المصادقة فكل رمز منها يدخلك مرة واحدة. لن تظهر مرة أخرى.

strength-too_short = ما زالت قصيرة.
strength-weak = سهلة التخمين. أضف كلمة.
strength-good = جيدة.
strength-strong = جيدة جداً.

unlock-title = صدى مقفل
unlock-words = بياناتك مشفّرة على هذا الجهاز. أدخل عبارة السر.
unlock-do = افتح
unlock-busy = يجري الفتح…
unlock-waiting = { $count ->
    [one] تغيير واحد ينتظر الإرسال، وهو محفوظ.
    [two] تغييران ينتظران الإرسال، وهما محفوظان.
    [few] { $count } تغييرات تنتظر الإرسال، وهي محفوظة.
    [many] { $count } تغييراً ينتظر الإرسال، وهي محفوظة.
   *[other] { $count } تغيير ينتظر الإرسال، وهي محفوظة.
}
pin-title = صدى مقفل
pin-words = أدخل رقمك السري لتتابع من حيث توقفت.
pin-use_passphrase = استعمل عبارة السر
pin-use_pin = استعمل الرقم السري

other-tab-title = صدى مفتوح في نافذة أخرى
other-tab-words = تابع هناك، أو انقل العمل إلى هنا. عندما تُغلق تلك النافذة تعمل هذه وحدها.
other-tab-waits = بانتظار النافذة الأخرى…
other-tab-take_over = تابع هنا
unsupported-title = لا يعمل صدى هنا
unsupported-words = لا يستطيع هذا المتصفح حفظ البيانات بأمان على هذا الجهاز. ما حُفظ سابقاً لم يضِع.
unsupported-what_to_do = حدِّث المتصفح، أو اخرج من الوضع الخاص، أو استعمل هاتفاً أحدث، ثم أعد تحميل الصفحة.
