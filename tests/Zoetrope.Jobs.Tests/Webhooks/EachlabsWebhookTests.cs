using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Webhooks;
using static Zoetrope.Jobs.Tests.Webhooks.Deliveries;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>Webhooks of Eachlabs: the secret verbatim in a header, and the two documented forms of the body.</summary>
public sealed class EachlabsWebhookTests
{
    private static readonly Dictionary<string, string[]> _headers = Headers(("x-webhook-secret", "s3cret"));

    private static EachlabsWebhookReceiver Receiver => new("s3cret", Options);

    [Theory]
    [InlineData("""{"exec_id":"e-1","flow_id":null,"status":"succeeded","output":"https://cdn.eachlabs.ai/a.mp4","error":""}""")]
    [InlineData("""{"id":"e-1","status":"success","output":"https://cdn.eachlabs.ai/a.mp4","input":{},"metrics":{"predict_time":3,"cost":0.5},"logs":null}""")]
    public async Task Both_forms_of_a_success_are_read(string body)
    {
        var delivery = await Receiver.DeliveryAsync(body, _headers);

        Assert.Equal(("eachlabs", "e-1", true), (delivery.Provider, delivery.JobId, delivery.IsVerified));
        Assert.True(delivery.TryRead(KlingO3ProImageToVideo.Endpoint, out var result));
        Assert.Equal(("https://cdn.eachlabs.ai/a.mp4", null), (result.Media[0].Url, result.RequestId));
    }

    [Fact]
    public async Task A_failure_has_the_reason_that_is_in_its_output()
    {
        const string Body = """
            {"exec_id":"e-1","flow_id":null,"status":"failed","output":[{"id":"","status":"","output":"","error":"Error: no money"}],"error":""}
            """;

        var delivery = await Receiver.DeliveryAsync(Body, _headers);

        Assert.Equal((JobState.Failed, "Error: no money"), (delivery.Status.State, delivery.Status.Error!.Message));
    }

    [Fact]
    public async Task Another_secret_or_none_is_refused_and_so_is_a_repeated_delivery()
    {
        const string Body = """{"exec_id":"e-1","status":"succeeded","output":"https://cdn.eachlabs.ai/a.mp4","error":""}""";
        var receiver = Receiver;

        Assert.Equal(WebhookRefusalReason.HeaderMissing, await receiver.RefusalAsync(Body, []));
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await receiver.EarlyRefusalAsync([]));
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.EarlyRefusalAsync(Headers(("X-Webhook-Secret", "s3cre"))));
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, Headers(("X-Webhook-Secret", "s3cre"))));
        Assert.Equal(WebhookRefusalReason.HeaderMalformed, await receiver.RefusalAsync(Body, new() { ["X-Webhook-Secret"] = ["s3cret", "s3cret"] }));
        await receiver.CompleteAsync(Body, _headers);
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, _headers));
        Assert.Throws<ArgumentException>(() => new EachlabsWebhookReceiver(""));
    }

    [Theory]
    [InlineData("""{"status":"succeeded"}""")]
    [InlineData("""{"exec_id":"e-1"}""")]
    [InlineData("""{"exec_id":"e-1","status":"succ""")]
    public async Task A_body_that_is_not_a_prediction_is_refused(string body) =>
        Assert.Equal(WebhookRefusalReason.PayloadMalformed, await Receiver.RefusalAsync(body, _headers));
}
