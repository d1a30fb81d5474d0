namespace Portico.Payments.Features.Cards;

/// <summary>A card with the provider. What may be known of it is known once it is saved.</summary>
/// <param name="Status"><c>creating</c>, <c>open</c> (give the card), <c>saved</c> or <c>abandoned</c>.</param>
/// <param name="Failure">Why the last one that was given was declined.</param>
/// <param name="Brand">Such as <c>visa</c>.</param>
/// <param name="Last4">The last four digits.</param>
/// <param name="IsDefault">Whether memberships are collected with it.</param>
public sealed record CardResponse(
    Guid Id, string Status, string? Failure, string? Brand, string? Last4, int? ExpMonth, int? ExpYear, bool IsDefault, DateTimeOffset CreatedAt)
{
    internal const string Columns = "id, status, failure, brand, last4, exp_month, exp_year, is_default, created_at";
}
