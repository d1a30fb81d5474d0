namespace Portico.Tests.Behaviour.Payments;

public sealed class RefundTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Some_goes_back_then_the_rest_and_never_more(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await anna.OwesAsync(60);
        await anna.OwesAsync(40);
        var payment = await anna.PaidByCardAsync();

        (await anna.RefundAsync(anna, payment)).Expect(HttpStatusCode.Forbidden);
        (await admin.RefundAsync(anna, payment, 0.001m)).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.RefundAsync(admin, payment)).Expect(HttpStatusCode.NotFound, "payment-not-found");
        var some = (await admin.RefundAsync(anna, payment, 70)).Expect(HttpStatusCode.Created);
        Assert.Equal((70m, "EUR"), (some["amount"].GetDecimal(), some.Text("currency")));
        var refused = (await admin.RefundAsync(anna, payment, 30.01m)).Expect(HttpStatusCode.UnprocessableEntity, "refund-exceeds-payment");
        Assert.Equal(30, refused["refundable"].GetDecimal());
        (await admin.RefundAsync(anna, payment)).Expect(HttpStatusCode.Created);
        (await admin.RefundAsync(anna, payment)).Expect(HttpStatusCode.UnprocessableEntity, "refund-exceeds-payment");
        await anna.RefundsComeToAsync(payment, "succeeded", "succeeded");
        Assert.Equal(100, (await anna.PaymentAsync(payment)).GetProperty("refunded").GetDecimal());
        // It was paid and went back: nothing is owed, and nothing was earned.
        Assert.Equal((0m, 0m, 0m), (await anna.OwedAsync(), await platform.HouseAsync("received"), await platform.HouseAsync("revenue")));
        Assert.Equal("payments_refunded", await platform.RefusalAsync(
            $"insert into refunds (id, payment_id, amount, status, reason, created_by, created_at) values (gen_random_uuid(), '{payment}', 0.01, 'creating', 'More', '{admin.Id}', now())"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_is_on_its_way_is_told_so_and_what_comes_back_is_booked_back(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await anna.OwesAsync(50);
        var slow = await anna.PaidByCardAsync(card: "4000000000007726");
        (await admin.RefundAsync(anna, slow)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(slow, "succeeded");

        await anna.OwesAsync(20);
        var lost = await anna.PaidByCardAsync(card: "4000000000005126");
        (await admin.RefundAsync(anna, lost, 20)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(lost, "failed");
        Assert.Equal(0, (await anna.PaymentAsync(lost)).GetProperty("refunded").GetDecimal());
        var failed = (await admin.GetAsync("/api/payments/admin/refunds?status=failed")).Expect(HttpStatusCode.OK)["items"];
        Assert.Equal((1, "lost_or_stolen_card"), (failed.GetArrayLength(), failed[0].GetProperty("failure").GetString()));
        (await anna.GetAsync("/api/payments/admin/refunds")).Expect(HttpStatusCode.Forbidden);
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_was_paid_over_the_desk_is_handed_out_over_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await platform.AllToldAsync("auth");
        await anna.OwesAsync(15);
        (await admin.PostAsync($"/api/payments/members/{anna.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        var payment = (await anna.GetAsync(PaymentSteps.Payments)).Expect(HttpStatusCode.OK)["items"][0].GetProperty("id").GetGuid();
        var refund = (await admin.RefundAsync(anna, payment)).Expect(HttpStatusCode.Created);
        Assert.Equal("pending", refund.Text("status"));
        Assert.Equal("succeeded", (await admin.PostAsync($"/api/payments/admin/refunds/{refund.Id}/handed-out")).Expect(HttpStatusCode.OK).Text("status"));
        (await admin.PostAsync($"/api/payments/admin/refunds/{refund.Id}/handed-out")).Expect(HttpStatusCode.Conflict, "payment-not-open");
        (await admin.PostAsync($"/api/payments/admin/refunds/{payment}/handed-out")).Expect(HttpStatusCode.NotFound, "refund-not-found");
        Assert.Equal(0, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }
}
