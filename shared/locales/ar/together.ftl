together-title = العدّ معاً
together-invite = زميل يعدّ معي
together-invite_words = اختر من هو. يجد هاتفه هذه الجلسة بستة أرقام دون شبكة.
together-colleague = الزميل
together-name = أضفه إلى الجلسة
together-named = أُضيف. اقرأ له الأرقام الآن.
together-code = أرقام الانضمام
together-code_words = يفتح زميلك «الجلسات» ثم «انضم إلى جلسة زميل» ويختار: { $lead }، { $projects }، { $place }، { $day }.
together-picture = باركود (QR) فيه الأرقام نفسها، تقرؤه الكاميرا
together-picture_words = أو يصوّر زميلك هذا الباركود فيُختار له كل شيء.
together-no_code = يجد زميلك هذه الجلسة على هاتفه بعد أن يتزامن الهاتفان.
together-waits = عدّك محفوظ هنا ويُرسَل. يُحسب في المكتب حين يُرسل هاتف { $lead } الجلسة.
together-my_side = أنا أعدّ
together-counted = { $count ->
    [one] عُدّ شخص واحد
    [two] عُدّ شخصان
    [few] عُدّ { $count } أشخاص
    [many] عُدّ { $count } شخصاً
   *[other] عُدّ { $count } شخص
}
together-counted_by = عدّه
together-nothing_yet = لا عدّ بعد، بحسب ما وصل إلى هذا الهاتف
together-as_of = حتى { $time }
together-not_sent = لم يُرسل بعد
together-estimate = تقدير: { $count }
together-same = الأشخاص أنفسهم: أسقط العدد
together-same_of = الأشخاص أنفسهم: أسقط عدد { $name }
together-same_words = عددتما الأشخاص أنفسهم. لن يُحسب { $count } من عدد { $name }. يبقى العدد محفوظاً ويمكنك التراجع.
together-same_do = أسقط العدد
together-same_done = أُسقط العدد.
together-dropped = لا يُحسب { $count } من عدد { $name } (الأشخاص أنفسهم)، بحسب { $by }
together-undo = تراجع
together-undone = عاد العدد يُحسب.

join-title = انضم إلى جلسة زميل
join-words = زميلك فتح الجلسة ويقرأ لك ستة أرقام. اختر ما اختاره هو، أو صوّر الباركود على شاشته.
join-lead = من يقود الجلسة
join-side = ماذا تعدّ أنت؟
join-code = الأرقام الستة
join-do = انضم وابدأ العدّ
join-scan = صوّر الباركود على شاشة زميلك
join-scanned = قُرئ. حدّد ماذا تعدّ، ثم انضم.
join-code_not = أدخل ستة أرقام.
join-code_wrong = لا توافق هذه الأرقام قائد الجلسة ويومها ومكانها ومشاريعها. قارنها بشاشة زميلك.

code-reading = جارٍ البحث عن الباركود…
code-missed = لم يظهر هذا الباركود في الصورة. اقترب وثبّت يدك، أو اكتبه.
code-own_camera = كاميرا هاتفك تقرأ الباركود أيضاً وتفتح هذه الصفحة.

materials-title = مواد وُزِّعت
materials-words = ما وزّعته أنت. ويُضاف إليه ما وزّعه زميلك.
materials-save = احفظ ما وزّعته
materials-saved = حُفظ.
materials-all = { $what }: { $count } في المجموع

heard-title = سؤال أو شكوى سُمعت هنا
heard-words = ماذا سُئل
heard-keep = احفظها مع الجلسة
heard-make = سجّلها شكوى
field-intake-session = الجلسة التي سُمعت فيها
heard-session = سُمعت في جلسة
