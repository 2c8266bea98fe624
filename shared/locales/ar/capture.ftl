capture-step = الخطوة { $at } من { $of }
capture-consent = هل نسجّل؟
capture-place = أين وكيف
capture-what = الموضوع
capture-who = من يتحدث
capture-words = بكلماته
capture-review = مراجعة

consent-i_am = أنا
consent-speaking_to = أتحدث إلى
gender-m = رجل
gender-f = امرأة
consent-short = { $speaker ->
   *[other] اسمي { $name } من { $organisation }. كلامك سرّي ومجاني ولا يؤثر على المساعدة، { $listener ->
        [f] ولكِ ألا تذكري اسمكِ.
       *[other] ولك ألا تذكر اسمك.
    } إن كان فيه إساءة أو خطر فعليّ إبلاغ المختص. هل أسجّل؟
}
consent-full = { $speaker ->
   *[other] اسمي { $name } من { $organisation }. { $listener ->
        [f] يمكنكِ إخبارنا بأي أمر مجاناً، ولن يؤثر ذلك على المساعدة التي تحصلين عليها أنتِ أو عائلتكِ. يمكنكِ عدم ذكر اسمكِ. سأسجل ما تقولينه ولن يطلع عليه إلا من يجب أن يعالجه.
       *[other] يمكنك إخبارنا بأي أمر مجاناً، ولن يؤثر ذلك على المساعدة التي تحصل عليها أنت أو عائلتك. يمكنك عدم ذكر اسمك. سأسجل ما تقوله ولن يطلع عليه إلا من يجب أن يعالجه.
    } { $speaker ->
        [f] إذا كان هناك خطر على أحد، أو احتمال إساءة من موظف، فأنا ملزمة بإبلاغ المسؤول المختص فقط
       *[other] إذا كان هناك خطر على أحد، أو احتمال إساءة من موظف، فأنا ملزم بإبلاغ المسؤول المختص فقط
    }؛ وفي هذه الحالة يطّلع المقر أيضاً وقد يتأخر الرد. في غير ذلك يصل الرد خلال 15 يوماً. { $listener ->
        [f] يمكنكِ التوقف في أي وقت. 1) هل توافقين على تسجيل ما قلتِه؟ 2) هل توافقين على مشاركة اسمكِ مع من سيعالج الأمر؟ 3) هل توافقين على إحالته إلى منظمة أخرى إذا كان يخصها؟ 4) هل يمكننا التواصل معكِ، وكيف ومتى يكون ذلك آمناً؟
       *[other] يمكنك التوقف في أي وقت. 1) هل توافق على تسجيل ما قلته؟ 2) هل توافق على مشاركة اسمك مع من سيعالج الأمر؟ 3) هل توافق على إحالته إلى منظمة أخرى إذا كان يخصها؟ 4) هل يمكننا التواصل معك، وكيف ومتى يكون ذلك آمناً؟
    }
}
consent-full_open = النص الكامل
consent-yes = نعم، أوافق على التسجيل
consent-no = لا
consent-not_possible = تعذر السؤال (صندوق، رسالة، انقطع الاتصال)
# Under the channel, where consent could not be asked.
consent-unasked_channels = تعذر السؤال عن الموافقة، لذلك تظهر هنا القنوات التي لا يكون صاحب الشكوى حاضراً فيها فقط.

tally-title = لا يُسجَّل شيء
tally-words = يمكن حفظ عدد فقط: كيف وصل، وأين، ومن أي نوع. دون اسم ولا كلام ولا أي شيء عن الشخص.
tally-duty = هل يتعلق الأمر بإساءة من موظف أو أذى لطفل أو انتقام بسبب شكوى؟ عندها يجب إبلاغ المختص رغم ذلك، دون اسم.
tally-sensitive = نعم: ماذا أفعل الآن
tally-save = احفظ العدد
tally-saved = تم العدّ. لم يُحفظ شيء آخر.

project-none = لا مشروع، أو غير معروف
received-not_today = { $when }: هل هذا صحيح؟
received-really_old = نعم، كان ذلك منذ زمن بعيد فعلاً
received-about = اليوم تقريبي

subject-role_hint = يحدد من لا يطّلع عليها أبداً.
subject-someone_else = هل تريد أن يتولاها شخص آخر؟ يستطيع زميل تسجيلها، ولن تُسأل عن السبب.
category-sensitive = موضوع حساس
category-count_only = عدد فقط
category-more = كل المواضيع
urgent-title = تصرّف الآن
urgent-words = اتصل فوراً، ولا تنتظر الشبكة.

who-anonymous_note = لا يُحفظ اسم ولا وسيلة تواصل. يمكن السؤال برقم الإيصال ابتداءً من { $day }.
words-hint = كما قالها. مشكلة واحدة في كل شكوى.
words-optional = غير ضروري لهذا الموضوع إن لم يكن هناك ما يضاف.
words-identify = يبدو أن في النص رقم هاتف، والشخص لا يريد أن يُعرف. هل نحذفه؟

more-person = عن الشخص
more-disability = الإعاقة
more-disability_hint = اسأل فقط إذا سمح الوقت وكان مناسباً. اقرأ الأسئلة كما هي. لا تحكم بالنظر.
more-answer = كيف نرد عليه
more-subject = من تخصه الشكوى
more-subject_hint = تُحفظ منفصلة عن الشكوى، ولا يراها من تخصه أبداً.
more-issue = المزيد عن الموضوع

review-receipt = الإيصال
review-receipt_words = سلّم الرقم فقط إذا كانت البطاقة آمنة لهذا الشخص.
review-incomplete = ما زال ناقصاً: { $step }
ack-not_yet = لم يُبلَّغ بعد
receipt-title = تم الحفظ
receipt-saved = حُفظت الشكوى على هذا الهاتف.
receipt-number = رقم الإيصال
receipt-pin = مع الرمز
receipt-due = الرد حتى { $day }
receipt-card_safe = اكتبه على البطاقة للشخص
receipt-card_unsafe = دون بطاقة: قله شفهياً فقط إن كان آمناً
receipt-on_phone = هي محفوظة على هذا الهاتف وتُرسل تلقائياً عند توفر الاتصال.
receipt-next = شكوى أخرى، المكان نفسه

sensitive-title = موضوع حساس: افعل هذا فقط
sensitive-line_1 = استمع، واشكره على ثقته.
sensitive-line_2 = لا تحقق ولا تسأل عن التفاصيل.
sensitive-line_3 = لا اسم ولا ملاحظات ولا صورة ولا تسجيل.
sensitive-line_3_sealed = لا تكتب شيئاً على الورق، ولا صورة ولا تسجيل.
sensitive-line_4 = لا تخبر أحداً غير المختص.
sensitive-line_5 = اتصل الآن، ولو دون هذا التطبيق.
sensitive-no_number = لم يُحدَّد رقم بعد. اتصل بمديرك المباشر أو بالخط الذي تعرفه.
sensitive-called = اتصلتُ
sensitive-called_at = تم الاتصال الساعة { $time }
sensitive-header_title = ما يُحفظ
sensitive-header_words = رقم واليوم والمكان والمشروع فقط. ما أُدخل قبل ذلك حُذف من هذا الهاتف.
sensitive-needs_place = اختر المكان أولاً
sensitive-save = احفظ الرقم فقط
sensitive-save_uncalled = احفظ، واتصل بأسرع ما يمكن
sensitive-not = ليس حساساً

sealed-offer_title = يمكنك كتابته هنا مختوماً
sealed-offer_words = لا يفتحه إلا المختصون الذين يُرسل إليهم: لا المكتب ولا الخادم، ولا أنت بعد الحفظ. وقبل أن تحفظ لا يبقى منه شيء على الهاتف.
sealed-offer_write = اكتبه مختوماً
sealed-notice = بلاغ مختوم: لا يُحفظ كمسودة، أكمله الآن.
sealed-script = أرقام الاتصال
sealed-subject_role_hint = من يخصّه البلاغ لن يراه أبداً.
sealed-category = نوعه، إن كان واضحاً
sealed-category_none = غير واضح أو لم يُذكر
