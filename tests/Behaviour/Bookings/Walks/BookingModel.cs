using static Portico.Tests.Behaviour.Bookings.Walks.WalkStep;

namespace Portico.Tests.Behaviour.Bookings.Walks;

/// <summary>
/// What a booking is said to do, as the documents say it, written without a look at the code: of one owner in one space, and of
/// somebody who wants the same time. An expectation is the code of the refusal, or null where it is done.
/// </summary>
internal sealed class BookingModel(bool needsApproval, decimal price, bool releases)
{
    private static readonly TimeSpan CheckInEarly = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ReleaseAfter = TimeSpan.FromMinutes(15);
    private decimal paid;
    private decimal? kept;
    private bool extended;
    private bool wasToBePaid;

    /// <summary>Null before there is a booking.</summary>
    public string? Status { get; private set; }

    /// <summary>When it lapses by itself.</summary>
    public DateTimeOffset? Until { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt => StartsAt.AddHours(1);

    public decimal Owed => Math.Max(0, (kept ?? price) - paid);

    public List<string> Acts { get; } = [];

    /// <summary>How long somebody else has the time, if somebody does.</summary>
    public DateTimeOffset? RivalUntil { get; set; }

    /// <summary>Whether its time is taken in the table, whatever the clock says.</summary>
    public bool HasClaims => Status is "held" or "pending_approval" or "awaiting_payment" or "confirmed" or "checked_in";

    public string Shown(DateTimeOffset now) => HasLapsed(now) ? "expired" : Status!;

    public bool Blocks(DateTimeOffset now) => HasClaims && !HasLapsed(now);

    public bool IsAwaited(DateTimeOffset now) => RivalUntil > now;

    public string? Hold(DateTimeOffset startsAt, DateTimeOffset now)
    {
        RivalUntil = startsAt == StartsAt ? RivalUntil : null;
        if ((Blocks(now) && startsAt == StartsAt) || IsAwaited(now))
        {
            return "space-taken";
        }

        (Status, StartsAt, extended, wasToBePaid, paid, kept, Until) = ("held", startsAt, false, false, 0, null, now + BookingSteps.HoldFor);
        Acts.Clear();
        Acts.Add("hold");
        return null;
    }

    /// <summary>Somebody else wants the time.</summary>
    public string? RivalHold(DateTimeOffset now)
    {
        if (Blocks(now) || IsAwaited(now))
        {
            return "space-taken";
        }

        Expire(now);
        RivalUntil = now + BookingSteps.HoldFor;
        return null;
    }

    public string? Do(WalkStep step, DateTimeOffset now) => step switch
    {
        StaffConfirmWithoutReason => Late(now) ?? "reason-needed",
        StaffCancelWithoutReason => "reason-needed",
        OwnerExtends => Late(now) ?? (extended ? "hold-extended" : Status == "held" ? Go("extend", "held", Until + BookingSteps.HoldFor) : "booking-state"),
        OwnerConfirms => Late(now) ?? (Status == "held" ? Confirm(now) : "booking-state"),
        StaffConfirm => Late(now) ?? (Status is "held" or "pending_approval" or "awaiting_payment" ? Go("staff_confirm", "confirmed") : "booking-state"),
        StaffApprove => Late(now) ?? (Status == "pending_approval" ? AskForMoney("approve", now) : "booking-state"),
        StaffReject => Late(now) ?? (Status == "pending_approval" ? Cancel("reject", 0) : "booking-state"),
        // Without a policy everything is given back until the start, and nothing from then on.
        OwnerCancels => Late(now) ?? (CanBeCancelled ? Cancel("cancel", Status == "confirmed" && now >= StartsAt ? price : 0) : "booking-state"),
        StaffCancel => Late(now) ?? (CanBeCancelled ? Cancel("cancel", 0) : "booking-state"),
        OwnerBringsMore => Blocks(now) && now < EndsAt ? Go("change", Status!, Until) : "booking-state",
        OwnerScansTheSpace => Status is "confirmed" or "checked_in" && now < EndsAt ? CheckIn(now) : "no-booking-here",
        StaffCheckIn => CheckIn(now),
        OwnerLeaves => Status == "checked_in" ? Go("complete", "completed") : "booking-state",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>What happens without an answer.</summary>
    public void Happen(WalkStep step, DateTimeOffset now)
    {
        switch (step)
        {
            case IsPaid when Owed > 0 && Status is not ("held" or "pending_approval"):
                Pay(now);
                break;
            case PaymentFails when Status == "awaiting_payment":
                Go("payment_fails", "payment_failed");
                break;
            case LapsedAreExpired:
                Expire(now);
                RivalUntil = IsAwaited(now) ? RivalUntil : null;
                break;
            case NoShowsAreReleased when Status == "confirmed" && releases && now >= StartsAt + ReleaseAfter:
                Go("no_show", "no_show");
                break;
            case EndedAreCompleted when (Status == "checked_in" || (Status == "confirmed" && !releases)) && now >= EndsAt:
                Go("complete", "completed");
                break;
        }
    }

    private bool CanBeCancelled => Status is "held" or "pending_approval" or "awaiting_payment" or "confirmed";

    private bool HasLapsed(DateTimeOffset now) => Until <= now;

    private void Expire(DateTimeOffset now)
    {
        if (HasLapsed(now))
        {
            Go("expire", "expired");
        }
    }

    // Whoever comes too late lets it go.
    private string? Late(DateTimeOffset now)
    {
        var lapsed = HasLapsed(now);
        Expire(now);
        return lapsed ? "hold-expired" : null;
    }

    private string? Confirm(DateTimeOffset now) => needsApproval
        ? Go("confirm", "pending_approval", now >= StartsAt ? EndsAt : now.AddDays(2) < StartsAt ? now.AddDays(2) : StartsAt)
        : AskForMoney("confirm", now);

    private string? AskForMoney(string act, DateTimeOffset now) =>
        Owed > 0 ? Go(act, "awaiting_payment", now + BookingSteps.PayWithin < EndsAt ? now + BookingSteps.PayWithin : EndsAt) : Go(act, "confirmed");

    private string? Cancel(string act, decimal keeps)
    {
        kept = keeps;
        return Go(act, "cancelled");
    }

    private string? CheckIn(DateTimeOffset now) => Status switch
    {
        "checked_in" => "already-checked-in",
        not "confirmed" => "booking-state",
        _ when now < StartsAt - CheckInEarly => "check-in-not-open",
        _ when now >= EndsAt => "booking-over",
        _ => Go("check_in", "checked_in"),
    };

    private void Pay(DateTimeOffset now)
    {
        if (now >= EndsAt && Status is "awaiting_payment" or "expired" or "payment_failed")
        {
            return;
        }

        if (Status is "expired" or "payment_failed")
        {
            // What was never confirmed, or agreed to, is not to be had for money.
            if (!wasToBePaid || IsAwaited(now))
            {
                return;
            }

            RivalUntil = null;
            Go("late_pay", "confirmed");
        }
        else if (Status == "awaiting_payment")
        {
            Go("pay", "confirmed");
        }

        paid += Owed;
    }

    private string? Go(string act, string status, DateTimeOffset? until = null)
    {
        Acts.Add(act);
        (Status, Until) = (status, until);
        extended |= act == "extend";
        wasToBePaid |= status == "awaiting_payment";
        return null;
    }
}
