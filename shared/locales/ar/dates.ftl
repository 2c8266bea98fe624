### Months as named in the Levant. Months, days and spans of time, on every screen.

## Months of the calendar.
month-1 = كانون الثاني
month-2 = شباط
month-3 = آذار
month-4 = نيسان
month-5 = أيار
month-6 = حزيران
month-7 = تموز
month-8 = آب
month-9 = أيلول
month-10 = تشرين الأول
month-11 = تشرين الثاني
month-12 = كانون الأول

date-days-ago = { $days ->
    [0] اليوم
    [1] أمس
    [two] قبل يومين
    [few] قبل { $days } أيام
    [many] قبل { $days } يوماً
   *[other] قبل { $days } يوم
}
date-days-ahead = { $days ->
    [1] غداً
    [two] بعد يومين
    [few] بعد { $days } أيام
    [many] بعد { $days } يوماً
   *[other] بعد { $days } يوم
}
date-just-now = الآن
date-minutes-ago = { $minutes ->
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $minutes } دقائق
    [many] قبل { $minutes } دقيقة
   *[other] قبل { $minutes } دقيقة
}
date-hours-ago = { $hours ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $hours } ساعات
    [many] قبل { $hours } ساعة
   *[other] قبل { $hours } ساعة
}
date-days = { $days ->
    [zero] 0 يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يوماً
   *[other] { $days } يوم
}
