using System.Text;
using Zoetrope.Replicate;
using Zoetrope.Webhooks;
using static Zoetrope.Jobs.Tests.Webhooks.Deliveries;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>Signatures of Standard Webhooks, by Replicate's receiver: what is not exactly the provider's is refused, with a reason.</summary>
public sealed class StandardWebhookTests
{
    private const string Body =
        """{"id":"p1","model":"black-forest-labs/flux-2-pro","status":"succeeded","output":"https://replicate.delivery/a.webp","logs":""}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ReplicateWebhookReceiver Receiver => new(Secret, Options);

    [Fact]
    public async Task The_published_example_is_verified()
    {
        var signature = new StandardWebhookSignature([Secret]);
        var time = new FakeTime();
        time.Advance(DateTimeOffset.FromUnixTimeSeconds(1614265330) - time.GetUtcNow());
        var receiver = new PlainReceiver(signature, new() { TimeProvider = time });

        var delivery = await receiver.DeliveryAsync("""{"test": 2432232314}""", Headers(
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));

        Assert.Equal(("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330)), (delivery.Id, delivery.SentAt));
    }

    [Fact]
    public async Task A_delivery_is_read_as_the_response_to_a_poll()
    {
        var delivery = await Receiver.DeliveryAsync(Body, Standard(Body));

        Assert.True(delivery.IsVerified);
        Assert.Equal(("replicate", "p1", "msg_1"), (delivery.Provider, delivery.JobId, delivery.Id));
        Assert.Equal("replicate:black-forest-labs/flux-2-pro:p1", delivery.Handle!.ToString());
        Assert.Equal((JobState.Completed, "succeeded"), (delivery.Status.State, delivery.Status.ProviderStatus));
        Assert.True(delivery.TryRead(BlackForestLabsFlux2Pro.Endpoint, out var result));
        Assert.Equal("https://replicate.delivery/a.webp", result.Value.Image.Url);
        Assert.Equal((delivery.Handle, "msg_1"), (result.Handle, result.RequestId));
    }

    [Fact]
    public async Task A_result_is_not_read_as_that_of_another_model()
    {
        var delivery = await Receiver.DeliveryAsync(Body, Standard(Body));

        Assert.Throws<ArgumentException>(() => delivery.TryRead(BytedanceSeedance1Pro.Endpoint, out _));
    }

    [Theory]
    [InlineData("""{"id":"p1","status":"failed","error":"no"}""", JobState.Failed)]
    [InlineData("""{"id":"p1","status":"aborted"}""", JobState.Canceled)]
    [InlineData("""{"id":"p1","status":"processing","output":"https://replicate.delivery/half.webp"}""", JobState.Running)]
    [InlineData("""{"id":"p1","status":"paused","output":"https://replicate.delivery/half.webp"}""", JobState.Running)]
    [InlineData("""{"id":"p1","status":"succeeded","output":null}""", JobState.Completed)]
    public async Task What_is_not_a_completed_result_is_not_read(string body, JobState state)
    {
        var delivery = await Receiver.DeliveryAsync(body, Standard(body));

        Assert.Equal(state, delivery.Status.State);
        Assert.False(delivery.TryRead(BlackForestLabsFlux2Pro.Endpoint, out _));
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task A_header_that_is_missing_or_empty_or_there_twice_is_refused(string name)
    {
        var headers = Standard(Body);
        var value = headers[name][0];

        headers.Remove(name);
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await Receiver.RefusalAsync(Body, headers));
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await Receiver.EarlyRefusalAsync(headers));
        headers[name] = [" "];
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await Receiver.RefusalAsync(Body, headers));
        headers[name] = [value, value];
        Assert.Equal(WebhookRefusalReason.HeaderMalformed, await Receiver.RefusalAsync(Body, headers));
    }

    [Theory]
    [InlineData("-1767323045")]
    [InlineData("+1767323045")]
    [InlineData("1767323045.0")]
    [InlineData("1.767e9")]
    [InlineData("٢٠٢٦")]
    [InlineData("now")]
    [InlineData("999999999999999999999")]
    public async Task A_time_that_is_not_in_whole_seconds_is_refused(string time)
    {
        var headers = Standard(Body);
        headers["webhook-timestamp"] = [time];

        Assert.Equal(WebhookRefusalReason.HeaderMalformed, await Receiver.RefusalAsync(Body, headers));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_time_too_far_from_the_clock_is_refused_in_both_directions(int seconds, bool isAccepted)
    {
        var reception = await Receiver.ReceiveAsync(Body, Standard(Body, time: Now + seconds));

        Assert.Equal(isAccepted, reception.IsAccepted);
        Assert.Equal(isAccepted ? null : WebhookRefusalReason.OutsideTolerance, reception.Refusal?.Reason);
        if (!isAccepted)
            Assert.Equal(WebhookRefusalReason.OutsideTolerance, await Receiver.EarlyRefusalAsync(Standard(Body, time: Now + seconds)));
    }

    [Fact]
    public async Task What_was_changed_after_the_signature_is_refused()
    {
        var headers = Standard(Body);
        string[] changed = [Body + " ", Body[..^1], Body.Replace("p1", "p2", StringComparison.Ordinal), "", Body.Replace(":", ": ", StringComparison.Ordinal)];

        foreach (var body in changed)
            Assert.Equal(WebhookRefusalReason.SignatureMismatch, await Receiver.RefusalAsync(body, headers));
        foreach (var (name, value) in new[] { ("webhook-id", "msg_2"), ("webhook-timestamp", "1767323046") })
            Assert.Equal(WebhookRefusalReason.SignatureMismatch, await Receiver.RefusalAsync(Body, new(headers) { [name] = [value] }));
    }

    [Theory]
    [InlineData("v1,", WebhookRefusalReason.SignatureMismatch)]
    [InlineData("v1,AAAA", WebhookRefusalReason.SignatureMismatch)]
    [InlineData("v1,!!!!", WebhookRefusalReason.SignatureMismatch)]
    [InlineData("v2,{0}", WebhookRefusalReason.HeaderMalformed)]
    [InlineData("{0}", WebhookRefusalReason.HeaderMalformed)]
    [InlineData("v1a,{0}", WebhookRefusalReason.HeaderMalformed)]
    public async Task A_signature_of_another_form_is_refused(string form, WebhookRefusalReason reason)
    {
        var headers = Standard(Body);
        headers["webhook-signature"] = [form.Replace("{0}", headers["webhook-signature"][0]["v1,".Length..], StringComparison.Ordinal)];

        Assert.Equal(reason, await Receiver.RefusalAsync(Body, headers));
    }

    [Fact]
    public async Task One_of_several_signatures_and_one_of_several_secrets_are_enough_while_a_secret_is_replaced()
    {
        const string Other = "whsec_c2VjcmV0IG9mIHRoZSBuZXh0IG1vbnRo";
        var ofOther = Standard(Body, secret: Other);
        var both = Standard(Body);
        both["webhook-signature"] = [$"v1a,abc {ofOther["webhook-signature"][0]} {both["webhook-signature"][0]}"];

        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await Receiver.RefusalAsync(Body, ofOther));
        await Receiver.DeliveryAsync(Body, both);
        await new ReplicateWebhookReceiver([Secret, Other], Options).DeliveryAsync(Body, ofOther);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_refused_with_a_status_of_success_only_when_it_was_completed()
    {
        var receiver = Receiver;
        var delivery = await receiver.DeliveryAsync(Body, Standard(Body));

        var again = await receiver.ReceiveAsync(Body, Standard(Body, time: Now + 60));
        Assert.Equal((WebhookRefusalReason.InProgress, 503), (again.Refusal!.Reason, again.StatusCode));
        await receiver.DeliveryAsync(Body, Standard(Body, id: "msg_2"));
        await delivery.ForgetAsync(Token);
        delivery = await receiver.DeliveryAsync(Body, Standard(Body, time: Now + 60));
        await delivery.CompleteAsync(Token);
        again = await receiver.ReceiveAsync(Body, Standard(Body));
        Assert.Equal((WebhookRefusalReason.Repeated, 200), (again.Refusal!.Reason, again.StatusCode));
        await delivery.ForgetAsync(Token);
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, Standard(Body)));
    }

    [Fact]
    public async Task A_delivery_whose_processing_stopped_is_accepted_again_when_its_lease_is_over()
    {
        var time = new FakeTime();
        var receiver = new ReplicateWebhookReceiver(Secret, new WebhookOptions { TimeProvider = time, Lease = TimeSpan.FromSeconds(10) });
        var lost = await receiver.DeliveryAsync(Body, Standard(Body));

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(WebhookRefusalReason.InProgress, await receiver.RefusalAsync(Body, Standard(Body)));
        time.Advance(TimeSpan.FromSeconds(1));
        await receiver.DeliveryAsync(Body, Standard(Body));
        Assert.Equal(WebhookRefusalReason.InProgress, await receiver.RefusalAsync(Body, Standard(Body)));
        // The first one was slow, and not dead.
        await lost.CompleteAsync(Token);
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, Standard(Body)));
    }

    [Fact]
    public async Task A_completed_delivery_is_recognized_for_as_long_as_its_time_is_acceptable()
    {
        var time = new FakeTime();
        var receiver = new ReplicateWebhookReceiver(Secret, new WebhookOptions { TimeProvider = time, ReplayWindow = TimeSpan.FromMinutes(10) });
        await receiver.CompleteAsync(Body, Standard(Body, time: Now + 300));

        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, Standard(Body, time: Now + 300)));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WebhookRefusalReason.OutsideTolerance, await receiver.RefusalAsync(Body, Standard(Body, time: Now + 300)));
        Assert.Throws<ArgumentException>(() => new ReplicateWebhookReceiver(Secret, new() { ReplayWindow = TimeSpan.FromSeconds(599) }));
    }

    [Fact]
    public async Task Options_that_change_later_change_no_receiver()
    {
        var options = Options;
        var receiver = new ReplicateWebhookReceiver(Secret, options);
        (options.Tolerance, options.MaxBodyBytes, options.ReplayGuard) = (TimeSpan.FromHours(1), 1, null);

        Assert.Equal(WebhookRefusalReason.OutsideTolerance, await receiver.RefusalAsync(Body, Standard(Body, time: Now - 301)));
        await receiver.CompleteAsync(Body, Standard(Body));
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, Standard(Body)));
    }

    [Fact]
    public async Task A_forged_delivery_does_not_take_the_place_of_the_real_one()
    {
        var receiver = Receiver;
        var forged = Standard(Body, secret: "whsec_Zm9yZ2VkIGZvcmdlZCBmb3JnZWQgZm9y");

        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, forged));
        await receiver.DeliveryAsync(Body, Standard(Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"status":"succeeded"}""")]
    [InlineData("""{"id":"p1"}""")]
    [InlineData("""{"id":"p1","status":"succ""")]
    [InlineData("<html>")]
    public async Task A_signed_body_that_is_not_about_a_job_is_refused(string body)
    {
        var reception = await Receiver.ReceiveAsync(body, Standard(body));

        Assert.Equal((WebhookRefusalReason.PayloadMalformed, 400), (reception.Refusal!.Reason, reception.StatusCode));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read_to_its_end()
    {
        var options = Options;
        options.MaxBodyBytes = Body.Length - 1;
        var receiver = new ReplicateWebhookReceiver(Secret, options);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Body));

        var reception = await receiver.ReceiveAsync(stream, name => Standard(Body).GetValueOrDefault(name), TestContext.Current.CancellationToken);

        Assert.Equal((WebhookRefusalReason.PayloadTooLarge, 413), (reception.Refusal!.Reason, reception.StatusCode));
        Assert.Equal(WebhookRefusalReason.PayloadTooLarge, await receiver.RefusalAsync(Body, Standard(Body)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public void A_secret_that_cannot_be_one_is_refused_without_being_repeated(string secret)
    {
        var exception = Assert.Throws<ArgumentException>(() => new ReplicateWebhookReceiver(secret));

        Assert.DoesNotContain("not base64", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReplicateWebhookReceiver([]));
        Assert.Throws<ArgumentException>(() => new ReplicateWebhookReceiver(Secret, new() { ReplayWindow = TimeSpan.FromMinutes(1) }));
    }

    [Fact]
    public async Task A_guard_in_memory_forgets_the_oldest_and_those_that_have_expired()
    {
        var guard = WebhookReplayGuard.InMemory(capacity: 2);

        Assert.Equal(WebhookClaim.Taken, await TakeAsync("a", 0, 1));
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("b", 0, 2));
        Assert.Equal(WebhookClaim.InProgress, await TakeAsync("b", 0, 2));
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("c", 0, 1));
        await guard.CompleteAsync("c", DateTimeOffset.UnixEpoch.AddHours(3), Token);
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("a", 0, 1));
        Assert.Equal(WebhookClaim.Completed, await TakeAsync("c", 2, 9));
        await guard.RemoveAsync("c", Token);
        Assert.Equal(WebhookClaim.Completed, await TakeAsync("c", 2, 9));
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("c", 3, 9));
        await guard.RemoveAsync("c", Token);
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("c", 3, 9));
        Assert.Equal(WebhookClaim.Taken, await TakeAsync("a", 3, 9));

        ValueTask<WebhookClaim> TakeAsync(string delivery, int hour, int until) =>
            guard.TryTakeAsync(delivery, DateTimeOffset.UnixEpoch.AddHours(hour), DateTimeOffset.UnixEpoch.AddHours(until), Token);
    }

    private sealed class PlainReceiver(WebhookSignature signature, WebhookOptions options) : WebhookReceiver("plain", signature, options)
    {
        protected override WebhookReport Read(ReadOnlyMemory<byte> body) => new("1", new() { State = JobState.Running });
    }
}
