using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Members.Features.Profiles;

/// <summary>The languages Portico speaks.</summary>
public enum Language
{
    En,
    It,
}

/// <summary>
/// What is to be different; what is left out stays, and <c>null</c> empties a field. Names and e-mail address belong to the
/// account: see <c>/api/auth</c>.
/// </summary>
public sealed record ChangeProfileRequest
{
    private const string NotBlank = @"(?s).*\S.*";
    private const string Wrong = "Send null to empty the field.";

    public Language? Language { get; init; }

    [StringLength(64)]
    public string? TimeZone
    {
        get;
        init => (field, SaysTimeZone) = (value, true);
    }

    [StringLength(40, MinimumLength = 1), RegularExpression(@"[0-9+()./ \-]*[0-9][0-9+()./ \-]*", ErrorMessage = "This is not a telephone number.")]
    public string? Phone
    {
        get;
        init => (field, SaysPhone) = (value, true);
    }

    [StringLength(100, MinimumLength = 1), RegularExpression(NotBlank, ErrorMessage = Wrong)]
    public string? Company
    {
        get;
        init => (field, SaysCompany) = (value, true);
    }

    [StringLength(1000, MinimumLength = 1), RegularExpression(NotBlank, ErrorMessage = Wrong)]
    public string? Bio
    {
        get;
        init => (field, SaysBio) = (value, true);
    }

    [JsonIgnore]
    internal bool SaysTimeZone { get; private init; }

    [JsonIgnore]
    internal bool SaysPhone { get; private init; }

    [JsonIgnore]
    internal bool SaysCompany { get; private init; }

    [JsonIgnore]
    internal bool SaysBio { get; private init; }
}

/// <summary>Members change their own profile, administrators anybody's.</summary>
internal static class ChangeProfile
{
    public static Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> HandleMine(
        ChangeProfileRequest request, Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        HandleAsync(user.Id, request, database, ProfileProblems.NotReady, cancellationToken);

    public static Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> HandleAny(
        Guid id, ChangeProfileRequest request, Database<MembersModule> database, CancellationToken cancellationToken) =>
        HandleAsync(id, request, database, ProfileProblems.NotFound, cancellationToken);

    private static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ChangeProfileRequest request, Database<MembersModule> database, Func<ProblemHttpResult> missing, CancellationToken cancellationToken)
    {
        if (request.TimeZone is not null && !TimeZones.IsKnown(request.TimeZone))
        {
            return Problems.Invalid("time_zone", "This is not the IANA name of a time zone, such as Europe/Rome.");
        }

        await using var change = await database.BeginAsync(cancellationToken);
        // Nobody fills in again what was erased with the account.
        var profile = await change.FindAsync<ProfileResponse>(
            $"""
            update profiles
            set language = coalesce(@language, language),
                time_zone = case when @SaysTimeZone then @TimeZone else time_zone end,
                phone = case when @SaysPhone then @phone else phone end,
                company = case when @SaysCompany then @company else company end,
                bio = case when @SaysBio then @bio else bio end
            where id = @id and status <> 'deleted'
            returning {ProfileResponse.Columns}
            """,
            new
            {
                id, language = request.Language?.ToString().ToLowerInvariant(),
                request.SaysTimeZone, request.TimeZone, request.SaysPhone, phone = request.Phone?.Trim(),
                request.SaysCompany, company = request.Company?.Trim(), request.SaysBio, bio = request.Bio?.Trim(),
            },
            cancellationToken);
        await change.CommitAsync(cancellationToken);
        return profile is null ? missing() : TypedResults.Ok(profile);
    }
}
