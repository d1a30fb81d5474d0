namespace Portico.Bookings.Domain.States;

/// <summary>Where a booking stands.</summary>
public enum BookingStatus
{
    /// <summary>Kept for its owner for some minutes, until they confirm it.</summary>
    Held,

    /// <summary>Its owner wants it; staff have to agree.</summary>
    PendingApproval,

    /// <summary>Granted, once it is paid.</summary>
    AwaitingPayment,

    /// <summary>It takes place.</summary>
    Confirmed,

    /// <summary>They are there.</summary>
    CheckedIn,

    /// <summary>It took place.</summary>
    Completed,

    /// <summary>Nobody confirmed, approved or paid it in time.</summary>
    Expired,

    /// <summary>Given back by its owner, or refused or taken back by staff.</summary>
    Cancelled,

    /// <summary>The payment was refused.</summary>
    PaymentFailed,

    /// <summary>Nobody came.</summary>
    NoShow,
}

/// <summary>What is done to a booking.</summary>
internal enum BookingAct
{
    /// <summary>Somebody asks for the time.</summary>
    Hold,

    /// <summary>The owner needs more minutes to decide.</summary>
    Extend,

    /// <summary>It gets another time, space or services.</summary>
    Change,

    /// <summary>The owner wants it.</summary>
    Confirm,

    /// <summary>Staff agree to it.</summary>
    Approve,

    /// <summary>Staff do not agree to it.</summary>
    Reject,

    /// <summary>It is paid in time.</summary>
    Pay,

    /// <summary>The payment is refused.</summary>
    PaymentFails,

    /// <summary>It is paid after it lapsed.</summary>
    LatePay,

    /// <summary>Its time to be confirmed, approved or paid runs out.</summary>
    Expire,

    /// <summary>The owner or staff give the time back.</summary>
    Cancel,

    /// <summary>They come.</summary>
    CheckIn,

    /// <summary>Its end, or they leave earlier.</summary>
    Complete,

    /// <summary>They do not come, and the space is given back.</summary>
    NoShow,

    /// <summary>Staff confirm it by hand: paid at the desk, or a favour.</summary>
    StaffConfirm,
}
