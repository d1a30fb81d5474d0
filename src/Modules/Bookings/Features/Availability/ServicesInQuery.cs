using System.Globalization;
using Portico.Bookings.Domain.Prices;

namespace Portico.Bookings.Features.Availability;

/// <summary>Ordered services as an address names them: <c>019a…:2</c>, or without a number for one.</summary>
internal static class ServicesInQuery
{
    private const int MostOfOne = 1000;

    public static bool TryRead(IEnumerable<string> texts, out IReadOnlyList<OrderedService> services)
    {
        List<OrderedService> read = [];
        services = read;
        foreach (var text in texts)
        {
            var (id, quantity) = text.Split(':') switch
            {
                [var only] => (only, "1"),
                [var first, var second] => (first, second),
                _ => ("", ""),
            };
            if (!Guid.TryParseExact(id, "D", out var amenity)
                || !int.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostOfOne)
            {
                return false;
            }

            read.Add(new(amenity, number));
        }

        return true;
    }
}
