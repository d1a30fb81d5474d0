using Portico.Platform.Time;

namespace Portico.Payments.Documents;

internal static class StatementPdf
{
    private static readonly Column[] Columns = [new(Paper.Left, 62), new(Paper.Left + 65, 80), new(Paper.Left + 148, 180), new(Paper.Left + 330, 75, true), new(Paper.Left + 408, 75, true)];
    private static readonly Column[] Sums = [new(Paper.Left, 250), new(Paper.Left + 300, 183, true)];

    public static byte[] Write(StatementResponse statement, Guid memberId, string buyer, DocumentsOptions house, DateTimeOffset at, Wording words) =>
        Paper.Write($"{words.Statement} {statement.Month}", memberId, at, paper =>
        {
            paper.Line(house.Seller, strong: true);
            paper.Space();
            paper.Title($"{words.Statement} {statement.Month}");
            paper.Space();
            paper.Line(buyer);
            foreach (var account in statement.Accounts)
            {
                paper.Space();
                paper.Row(Sums, [words.Opening, words.Money(account.Opening, account.Currency)], strong: true);
                paper.Rule();
                foreach (var line in account.Lines)
                {
                    paper.Row(Columns,
                    [
                        DocumentPdf.Day(LocalDay.Of(line.At, house.FindZone())), words.Posting(line.Kind), line.Description, words.Money(line.Amount, account.Currency),
                        words.Money(line.Balance, account.Currency),
                    ]);
                }

                paper.Rule();
                paper.Row(Sums, [words.Closing, words.Money(account.Closing, account.Currency)], strong: true);
            }
        });
}
