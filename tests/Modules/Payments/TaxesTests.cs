using FsCheck;
using FsCheck.Fluent;
using Portico.Payments.Documents;

namespace Portico.Tests.Modules.Payments;

public sealed class TaxesTests
{
    [Fact]
    public void The_parts_of_a_price_are_the_price_at_every_rate()
    {
        var lines =
            from cents in Gen.Choose(1, 10_000_000)
            from rate in Gen.Elements(0m, 4m, 5.5m, 10m, 22m, 25.5m, 100m)
            select new DocumentLine(null, "Something", 1, cents / 100m, rate, cents / 100m);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(lines.NonEmptyListOf().ToArbitrary(), some =>
        {
            var taxes = Taxes.Of(some, "EUR");
            return taxes.Sum(rate => rate.Gross) == some.Sum(line => line.Amount)
                && taxes.Select(rate => rate.Percent).SequenceEqual(some.Select(line => line.TaxPercent).Distinct().Order())
                && taxes.All(rate => rate.Net + rate.Tax == rate.Gross && rate.Tax.Scale <= 2 && rate.Net >= 0
                    && Math.Abs(rate.Tax - (rate.Net * rate.Percent / 100)) <= 0.011m);
        }));
    }

    [Fact]
    public void Tax_is_rounded_once_for_all_lines_of_a_rate()
    {
        var line = new DocumentLine(null, "Coffee", 1, 0.10m, 22, 0.10m);
        Assert.Equal([new(22, 0.25m, 0.05m, 0.30m)], Taxes.Of([line, line, line], "EUR"));
        Assert.Equal([new(10, 91, 9, 100)], Taxes.Of([line with { TaxPercent = 10, Amount = 100 }], "JPY"));
    }

    [Theory]
    [InlineData("it-IT,it;q=0.9,en;q=0.8", "Fattura")]
    [InlineData("de, en;q=0.5, it;q=0.7", "Fattura")]
    [InlineData("de", "Invoice")]
    [InlineData(null, "Invoice")]
    public void Papers_are_in_the_language_a_browser_likes_best(string? acceptLanguage, string invoice) =>
        Assert.Equal(invoice, Wording.OfBrowser(acceptLanguage, "en").Invoice);

    [Fact]
    public void The_same_document_is_the_same_file_and_goes_over_pages()
    {
        var row = new DocumentRow(
            Guid.CreateVersion7(), "receipt", "R-2026-000001", Guid.CreateVersion7(), "Čeněk 日本 😀", """{"name":"House"}""", "EUR", 1000,
            $"[{string.Join(',', Enumerable.Repeat($$"""{"description":"{{new string('x', 200)}} and more","quantity":1,"unit_price":10,"tax_percent":22,"amount":10}""", 100))}]",
            """[{"percent":22,"net":819.67,"tax":180.33,"gross":1000}]""", null, null, null, null, null, null, new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var first = DocumentPdf.Write(row, TimeZoneInfo.Utc, Wording.In("it"));
        Assert.Equal(first, DocumentPdf.Write(row, TimeZoneInfo.Utc, Wording.In("it")));
        Assert.NotEqual(first, DocumentPdf.Write(row, TimeZoneInfo.Utc, Wording.In("en")));
    }
}
