namespace Portico.Tests.Behaviour.Payments;

public sealed class DocumentTests
{
    private const string Documents = "/api/payments/documents";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_is_paid_has_a_receipt_and_what_goes_back_a_credit_note(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        await platform.AllToldAsync("auth");
        var hall = (await admin.PostAsync(
            $"/api/payments/members/{anna.Id}/transactions", new { amount = 122, description = "The hall, Čeněk & 日本", tax_percent = 22 })).Expect(HttpStatusCode.Created).Id;
        await anna.OwesAsync(10.05m);
        var payment = await anna.PaidByCardAsync();

        var receipt = (await anna.GetAsync(Documents)).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        var id = receipt.GetProperty("id").GetGuid();
        Assert.Matches("^R-20[0-9]{2}-000001$", receipt.GetProperty("number").GetString());
        Assert.Equal((132.05m, payment), (receipt.GetProperty("total").GetDecimal(), receipt.GetProperty("payment_id").GetGuid()));
        Assert.Equal(
            [(0m, 10.05m, 0m), (22m, 100m, 22m)],
            receipt.GetProperty("taxes").EnumerateArray().Select(rate => (rate.GetProperty("percent").GetDecimal(), rate.GetProperty("net").GetDecimal(), rate.GetProperty("tax").GetDecimal())));

        var pdf = (await anna.GetAsync($"{Documents}/{id}/pdf")).Expect(HttpStatusCode.OK);
        Assert.Equal("application/pdf", pdf.ContentHeaders.ContentType!.MediaType);
        Assert.Contains(receipt.GetProperty("number").GetString()!, pdf.ContentHeaders.ContentDisposition!.FileName, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", pdf.Body, StringComparison.Ordinal);
        Assert.Equal(pdf.Bytes, (await admin.GetAsync($"/api/payments/admin/documents/{id}/pdf")).Expect(HttpStatusCode.OK).Bytes);
        // What is somebody else's is not there.
        (await bruno.GetAsync($"{Documents}/{id}")).Expect(HttpStatusCode.NotFound, "document-not-found");
        (await bruno.GetAsync($"{Documents}/{id}/pdf")).Expect(HttpStatusCode.NotFound, "document-not-found");
        (await anna.GetAsync($"/api/payments/admin/documents/{id}/pdf")).Expect(HttpStatusCode.Forbidden);

        (await admin.RefundAsync(anna, payment, 61)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(payment, "succeeded");
        var credit = (await anna.GetAsync($"{Documents}?kind=credit_note")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal((61m, receipt.GetProperty("number").GetString()), (credit.GetProperty("total").GetDecimal(), credit.GetProperty("about_number").GetString()));
        Assert.Equal(11m, credit.GetProperty("taxes")[0].GetProperty("tax").GetDecimal());

        var invoice = (await admin.PostAsync($"/api/payments/admin/transactions/{hall}/invoice")).Expect(HttpStatusCode.Created);
        Assert.Matches("^I-20[0-9]{2}-000001$", invoice.Text("number"));
        (await admin.PostAsync($"/api/payments/admin/transactions/{hall}/invoice")).Expect(HttpStatusCode.Conflict, "already-invoiced");
        var csv = (await admin.GetAsync($"/api/payments/admin/documents?member_id={anna.Id}&format=csv")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(4, csv.Trim().Split('\n').Length);

        foreach (var statement in (string[])["update documents set total = 1", "delete from documents", "truncate documents cascade"])
        {
            Assert.Equal("ledger_append_only", await platform.RefusalAsync(statement));
        }

        Assert.Equal("document_numbers_by_documents", await platform.RefusalAsync("update document_numbers set last = 7"));
        Assert.Equal("documents_one_receipt", await platform.RefusalAsync(
            $"insert into documents (id, kind, year, member_id, buyer, seller, currency, total, lines, taxes, payment_id, issued_at) select gen_random_uuid(), kind, year, member_id, buyer, seller, currency, total, lines, taxes, payment_id, issued_at from documents where id = '{id}'"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Staff_correct_what_is_owed_and_the_statement_tells_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await platform.AllToldAsync("auth");
        var adjust = $"/api/payments/admin/members/{anna.Id}/adjustments";
        await anna.OwesAsync(30);
        await anna.OwesAsync(50);
        object Credit(decimal amount) => new { amount, description = "Good will", reason = "The heating was off" };

        (await anna.PostAsync(adjust, Credit(-10))).Expect(HttpStatusCode.Forbidden);
        Assert.Equal(80, (await admin.PostAsync(adjust, Credit(-80.01m))).Expect(HttpStatusCode.UnprocessableEntity, "credit-exceeds-owed")["creditable"].GetDecimal());
        (await admin.PostAsync(adjust, Credit(0))).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.PostAsync(adjust, Credit(921))).Expect(HttpStatusCode.UnprocessableEntity, "limit-exceeded");
        Assert.Equal(45, (await admin.PostAsync(adjust, Credit(-35))).Expect(HttpStatusCode.OK)["owed"].GetDecimal());
        Assert.Equal(50, (await admin.PostAsync(adjust, Credit(5))).Expect(HttpStatusCode.OK)["owed"].GetDecimal());
        Assert.Equal((50m, 2), (await anna.OwedAsync(), (await anna.ListedAsync("status=owed")).Count));
        Assert.Equal(4, (await platform.QueryAsync<int>(
            "payments", "select count(*)::int from postings where kind = 'adjustment' and made_by = @Id and reason = 'The heating was off'", new { admin.Id })).Single());

        await anna.PayAsync();
        var month = (await platform.QueryAsync<string>("payments", "select to_char(max(at) at time zone 'utc', 'YYYY-MM') from postings")).Single();
        var statement = (await anna.GetAsync($"/api/payments/statements/{month}")).Expect(HttpStatusCode.OK)["accounts"][0];
        Assert.Equal((0m, 0m), (statement.GetProperty("opening").GetDecimal(), statement.GetProperty("closing").GetDecimal()));
        Assert.Equal(0, statement.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal()));
        var csv = (await admin.GetAsync($"/api/payments/admin/members/{anna.Id}/statements/{month}?format=csv")).Expect(HttpStatusCode.OK).Body;
        // What takes from what is owed is a number, and no text that begins with a quote.
        Assert.Matches(",EUR,-[0-9.]+,[0-9.]+\r\n", csv);
        Assert.Contains("adjustment", csv, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", (await anna.GetAsync($"/api/payments/statements/{month}/pdf")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await anna.GetAsync("/api/payments/statements/2026-13")).Expect(HttpStatusCode.BadRequest, "invalid");
        await platform.BookAgreesAsync();
    }

    [Theory, MemberData(nameof(PaymentRaceTests.Rounds), MemberType = typeof(PaymentRaceTests))]
    public async Task Fifty_at_once_have_numbers_without_a_gap_also_where_some_are_undone(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var other = await platform.StartAnotherAsync("payments");
        for (var round = 0; round < rounds; round++)
        {
            var owed = new List<(Person Member, Guid Transaction)>();
            foreach (var member in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => platform.MemberAsync())))
            {
                for (var turn = 0; turn < 8; turn++)
                {
                    owed.Add((member, await member.OwesAsync(10)));
                }
            }

            var undone = Enumerable.Range(0, 10).Select(_ => platform.RefusalAsync(
                $"""
                insert into documents (id, kind, year, member_id, buyer, seller, currency, total, lines, taxes, payment_id, issued_at)
                select gen_random_uuid(), 'receipt', extract(year from now() at time zone 'utc'), member_id, 'x', '{"{}"}', 'EUR', 0, '[]', '[]', id, now()
                from (select gen_random_uuid() as id, '{owed[0].Member.Id}'::uuid as member_id) as one
                """)).ToList();
            var paid = await Task.WhenAll(owed.Select((one, turn) => (turn % 2 == 0 ? one.Member : one.Member.At(other)).PayAsync(one.Transaction)));
            Assert.All(paid, answer => answer.Expect(HttpStatusCode.OK));
            Assert.All(await Task.WhenAll(undone), Assert.NotNull);
        }

        Assert.Equal(
            (rounds * 40, rounds * 40, rounds * 40),
            (await platform.QueryAsync<(int, int, int)>("payments", "select count(*)::int, count(distinct number)::int, max(number) from documents where kind = 'receipt'")).Single());
        await platform.BookAgreesAsync();
    }
}
