namespace Portico.Tests.Behaviour.Bookings.Walks;

/// <summary>What somebody, or the clock, may do next.</summary>
public enum WalkStep
{
    OwnerHolds,
    OwnerExtends,
    OwnerConfirms,
    OwnerCancels,
    OwnerBringsMore,
    OwnerScansTheSpace,
    OwnerLeaves,
    RivalHolds,
    RivalCancels,
    StrangerTries,
    StaffApprove,
    StaffReject,
    StaffConfirm,
    StaffConfirmWithoutReason,
    StaffCancel,
    StaffCancelWithoutReason,
    StaffCheckIn,
    IsPaid,
    PaymentFails,
    SomeMinutesPass,
    ItLapses,
    DoorsOpen,
    ItBegins,
    ItEnds,
    LapsedAreExpired,
    NoShowsAreReleased,
    EndedAreCompleted,
}
