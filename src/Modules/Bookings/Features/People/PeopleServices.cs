using Portico.Bookings.Data;
using Portico.Bookings.Messages;
using Portico.Contracts.Auth;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Features.People;

/// <summary>Who has an account. The accounts are Auth's: what it says arrives by message and is compared at night.</summary>
internal static class PeopleServices
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddEventHandler<BookingsModule, UserRegistered, MeetPerson>();
        services.AddEventHandler<BookingsModule, UserChanged, RenamePerson>();
        services.AddEventHandler<BookingsModule, UserRoleChanged, ChangePersonsRole>();
        services.AddEventHandler<BookingsModule, UserSuspended, SuspendPerson>();
        services.AddEventHandler<BookingsModule, UserReinstated, ReinstatePerson>();
        services.AddEventHandler<BookingsModule, UserDeleted, ForgetPerson>();

        services.AddSingleton<AccountDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountDirectory>());
        services.AddDailyJob<BookingsModule, ReconcilePeople>("reconcile-people", new TimeOnly(2, 40));
    }
}
