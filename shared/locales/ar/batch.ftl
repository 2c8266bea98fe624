batch-start = تسجيل في نقطة توزيع
batch-set_up_words = تُدخل مرة واحدة للجميع، ثم نسجّل شخصاً بعد آخر.
batch-begin = ابدأ
batch-running = توزيع: { $place }
batch-recorded = { $count ->
    [zero] لم تُسجَّل أي شكوى في هذه الدفعة
    [one] شكوى واحدة في هذه الدفعة
    [two] شكويان في هذه الدفعة
    [few] { $count } شكاوى في هذه الدفعة
    [many] { $count } شكوى في هذه الدفعة
   *[other] { $count } شكوى في هذه الدفعة
}
batch-counted = { $count ->
    [one] شخص واحد بالعدّ فقط
    [two] شخصان بالعدّ فقط
    [few] { $count } أشخاص بالعدّ فقط
    [many] { $count } شخصاً بالعدّ فقط
   *[other] { $count } شخص بالعدّ فقط
}
batch-other_day = هذه الدفعة ليوم آخر. غيّر اليوم، أو أنهِها وابدأ دفعة جديدة.
batch-end = إنهاء الدفعة
batch-end_title = هل انتهى التوزيع؟
batch-end_words = { $recorded }. تبقى كما هي، والاستمارة غير المكتملة تنتظر في المسودات.

batch-about_none = لا تخصّ أحداً منا
batch-about_us = تخصّ أحداً منا أو لا أعرف
batch-who = { $sex }، { $age }
batch-add_words = إضافة كلام
batch-add_contact = اسم أو رقم هاتف
batch-known_by = من دونهما يبقى الشخص غير معروف. الاسم لفريق المساءلة فقط ما لم يوافق صاحبه على مشاركته. لا تطلب رقماً إلا إذا كان الاتصال به آمناً.
batch-save = حفظ دون بطاقة
batch-save_card = حفظ، والبطاقة آمنة
batch-whole_form = المتابعة في الاستمارة الكاملة
batch-saved = حُفظت. انقل الرقم إلى البطاقة.
batch-saved_no_card = حُفظت. لم تُعطَ بطاقة.
batch-open_last = فتحها لتصحيح شيء
