namespace Portico.Members.Domain.Attendance;

/// <summary>Who may attend an event.</summary>
public enum RosterKind
{
    /// <summary>Everybody signed in.</summary>
    Open,

    /// <summary>Those on the roster; whoever of them has not come when the event is closed was absent.</summary>
    Selected,
}

/// <summary>What became of a member at an event.</summary>
public enum AttendanceStatus
{
    /// <summary>Came in time.</summary>
    Present,

    /// <summary>Came after the event's late-after minutes.</summary>
    Late,

    /// <summary>Was expected and did not come.</summary>
    Absent,

    /// <summary>Did not come, for a reason that staff accepted.</summary>
    Excused,
}

/// <summary>Why somebody is excused.</summary>
public enum ExcuseKind
{
    /// <summary>Ill.</summary>
    Illness,

    /// <summary>Something in the family.</summary>
    Family,

    /// <summary>Something else; the note says what.</summary>
    Other,
}

/// <summary>Who set a status.</summary>
public enum AttendanceSource
{
    /// <summary>The member, by scanning the event's code.</summary>
    Scan,

    /// <summary>Staff, by hand.</summary>
    Staff,

    /// <summary>The end of the event.</summary>
    Close,
}

/// <summary>Where an event stands.</summary>
public enum EventState
{
    /// <summary>To come, or going on.</summary>
    Scheduled,

    /// <summary>It does not take place and takes no scans.</summary>
    Cancelled,

    /// <summary>It is over: who is expected and has not come is absent.</summary>
    Closed,
}

internal static class AttendanceWords
{
    /// <summary>As the database and the wire say it; every word above is a single one.</summary>
    public static string Word<TEnum>(this TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    public static bool IsThere(this AttendanceStatus status) => status is AttendanceStatus.Present or AttendanceStatus.Late;
}
