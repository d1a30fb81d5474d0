using System.Globalization;
using Portico.Platform.Time;

namespace Portico.Payments.Documents;

/// <summary>A document as it is printed: who sold to whom, what, and the tax in it.</summary>
internal static class DocumentPdf
{
    private static readonly Column[] Lines =
        [new(Paper.Left, 220), new(Paper.Left + 225, 50, true), new(Paper.Left + 280, 85, true), new(Paper.Left + 370, 40, true), new(Paper.Left + 415, 68, true)];

    private static readonly Column[] Rates = [new(Paper.Left + 225, 60, true), new(Paper.Left + 290, 60, true), new(Paper.Left + 352, 60, true), new(Paper.Left + 414, 69, true)];
    private static readonly Column[] Facts = [new(Paper.Left, 100), new(Paper.Left + 105, 378)];

    public static byte[] Write(DocumentRow row, TimeZoneInfo zone, Wording words)
    {
        var document = row.Shown();
        return Paper.Write($"{words.Kind(row)} {row.Number}", row.Id, row.IssuedAt, paper =>
        {
            paper.Line(document.Seller.Name, strong: true);
            foreach (var line in new[] { document.Seller.Address, document.Seller.VatId is { } vat ? $"{words.VatId} {vat}" : null, document.Seller.Email }.OfType<string>())
            {
                paper.Line(line);
            }

            paper.Space();
            paper.Title(words.Kind(row));
            paper.Space();
            paper.Row(Facts, [words.Number, document.Number]);
            paper.Row(Facts, [words.Date, Day(LocalDay.Of(document.IssuedAt, zone))]);
            paper.Row(Facts, [words.To, document.Buyer]);
            if (document.AboutNumber is { } about)
            {
                paper.Row(Facts, [words.About, about]);
            }

            if (document is { PeriodFrom: { } from, PeriodTo: { } to })
            {
                paper.Row(Facts, [words.Period, $"{Day(from)} – {Day(to)}"]);
            }

            paper.Space();
            paper.Row(Lines, [words.For, words.Quantity, words.Price, words.Tax, words.Amount], strong: true);
            paper.Rule();
            foreach (var line in document.Lines)
            {
                paper.Row(Lines,
                [
                    line.Description, words.Digits(line.Quantity), words.Money(line.UnitPrice, row.Currency), $"{words.Digits(line.TaxPercent)} %",
                    words.Money(line.Amount, row.Currency),
                ]);
            }

            paper.Rule();
            paper.Row([Lines[0], new(Paper.Left + 300, 183, true)], [words.Total, words.Money(row.Total, row.Currency)], strong: true);
            paper.Space();
            paper.Row(Rates, [words.Tax, words.Net, words.Tax, words.Total], strong: true);
            foreach (var rate in document.Taxes)
            {
                paper.Row(Rates,
                [
                    $"{words.Digits(rate.Percent)} %", words.Money(rate.Net, row.Currency), words.Money(rate.Tax, row.Currency), words.Money(rate.Gross, row.Currency),
                ]);
            }
        });
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
