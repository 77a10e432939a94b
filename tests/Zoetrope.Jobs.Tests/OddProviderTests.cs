using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Jobs.Tests;

/// <summary>
/// A provider that exists only here, and of which there is nothing but a document and a declaration: the key in a header of its own, the job's id in a
/// response header, HTTP statuses as states, errors inside responses of success, and a result that a third operation gives as a file.
/// </summary>
public sealed class OddProviderTests
{
    private static readonly Func<FakeServer.Exchange, Task> _accepted =
        FakeServer.Reply(200, """{"code":0,"price":"0.25","currency":"usd"}""", "X-Odd-Ticket: t-1");

    private static readonly Func<FakeServer.Exchange, Task> _done = FakeServer.Reply(200, "{}");

    private static Picture.Request Request => new() { Prompt = "a cat" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submit_has_the_input_the_constants_the_key_and_the_headers_where_the_declaration_says()
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);

        var job = await client.Picture.SubmitAsync(Request, new() { WebhookUrl = server.Url, IdempotencyKey = "mine" }, Token);

        var sent = Assert.Single(server.Requests);
        Assert.StartsWith("POST /base/make/picture HTTP/1.1\r\n", sent);
        Assert.Contains("\r\nX-Odd: odd:secret\r\n", sent);
        Assert.Contains("\r\nX-Odd-Version: 7\r\n", sent);
        Assert.Contains("\r\nIdempotency-Key: mine\r\n", sent);
        Assert.EndsWith($$$"""{"flavor":"vanilla","hook":{"address":"{{{server.Url}}}"},"wrapped":{"items":[{"prompt":"a cat"}]}}""", sent);
        Assert.Equal("odd:picture:t-1#mine", job.Handle.ToString());
        Assert.Equal(new JobMetrics(Cost: 0.25m) { IsCeiling = true }, job.LastStatus!.Metrics);
    }

    [Fact]
    public async Task The_result_comes_from_the_third_operation()
    {
        await using var server = new FakeServer(
            _accepted, FakeServer.Reply(202, """{"done":50,"ahead":2}"""), _done, FakeServer.Reply(200, """{"files":[{"file":"f 1"},{"file":"f 2"}]}"""),
            FakeServer.Reply(200, "PNG", "Content-Type: image/png"));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.Picture.RunAsync(Request, wait: new() { OnUpdate = updates.Add }, cancellationToken: Token);

        Assert.Equal("data:image/png;base64,UE5H", result.Value.Image!.Url);
        Assert.Contains(updates, status => status is { State: JobState.Running, Progress: 0.5, QueuePosition: 2, ProviderStatus: "202" });
        Assert.Equal(
            ["POST /base/make/picture", "GET /base/watch?ticket=t-1&kind=picture", "GET /base/watch?ticket=t-1&kind=picture", "GET /base/files/t-1",
                "GET /base/bytes/f%201"],
            server.Requests.Select(Line));
        Assert.All(server.Requests, request => Assert.Contains("\r\nX-Odd: odd:secret\r\n", request));
    }

    [Theory]
    [InlineData("text/html", "<html>It is in the post</html>")]
    [InlineData("text/plain", "It is in the post")]
    public async Task A_text_where_the_result_names_its_files_is_kept_and_not_requested_again(string type, string text)
    {
        await using var server = new FakeServer(_accepted, _done, FakeServer.Reply(200, text, $"Content-Type: {type}"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobResultException>(() => client.Picture.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((type, text, text), (exception.Content!.MediaType, exception.Content.Text, exception.Raw.AsString()));
        Assert.Equal("odd:picture:t-1", exception.Handle.ToString().Split('#')[0]);
        Assert.Equal(3, server.Requests.Length);
    }

    [Fact]
    public async Task A_file_that_is_a_page_is_delivered_to_an_untyped_job()
    {
        await using var server = new FakeServer(
            _accepted, _done, FakeServer.Reply(200, """{"files":[{"file":"f 1"}]}"""), FakeServer.Reply(200, "<html>1</html>", "Content-Type: text/html"));
        using var client = Client(server);

        var job = await client.SubmitAsync("picture", RawJson.Parse("""{"prompt":"a cat"}"""), cancellationToken: Token);
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal(("text/html", "<html>1</html>"), (result.Content!.MediaType, result.Content.Text));
        Assert.Equal(4, server.Requests.Length);
    }

    [Theory]
    [InlineData(402, """{"code":"77","message":"no"}""")]
    [InlineData(200, """{"code":"77","msg":"no"}""")]
    public async Task A_code_means_the_same_where_a_submit_is_refused_as_where_a_job_fails(int status, string body)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, body));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.Equal(("77", FailureKind.Moderated, true), (exception.Service!.Error.Type, exception.Service.Error.Kind, exception.WasNotAccepted));
        Assert.Equal(status, (int)exception.Service.StatusCode);
    }

    [Fact]
    public async Task A_model_has_the_providers_name_in_every_request()
    {
        await using var server = new FakeServer(_accepted, FakeServer.Reply(202, "{}"));
        using var client = Client(server);

        var job = await client.OwnerName.SubmitAsync(new() { Prompt = "a cat" }, cancellationToken: Token);
        await job.GetStatusAsync(cancellationToken: Token);

        Assert.Equal(["POST /base/make/own", "GET /base/watch?ticket=t-1&kind=own"], server.Requests.Select(Line));
        Assert.Equal("owner/name", job.Handle.EndpointId);
    }

    [Fact]
    public async Task A_model_can_be_submitted_as_a_form_and_watched_by_an_operation_of_its_own()
    {
        await using var server = new FakeServer(_accepted, FakeServer.Reply(202, "{}"));
        using var client = Client(server);
        var leaf = new Leaf.Request { Text = "a & b", Bold = true, Scale = 1.5, Colors = ["red", "blue"], Shape = new() { Width = 3 } };

        var job = await client.Leaf.SubmitAsync(leaf, cancellationToken: Token);
        var status = await job.GetStatusAsync(cancellationToken: Token);

        Assert.Equal(["POST /base/leaf", "GET /base/leaf/t-1"], server.Requests.Select(Line));
        Assert.Equal("application/x-www-form-urlencoded", Header(server.Requests[0], "Content-Type"));
        const string Form = "paper=a4&text=a%20%26%20b&bold=true&scale=1.5&colors=red&colors=blue&shape=%7B%22width%22%3A3%7D";
        Assert.EndsWith("\r\n\r\n" + Form, server.Requests[0], StringComparison.Ordinal);
        Assert.Equal(JobState.Running, status.State);
    }

    [Theory]
    [InlineData("400", true)]
    [InlineData("429", true)]
    [InlineData("\"1026\"", true)]
    [InlineData("-1", true)]
    [InlineData("\"moderated\"", true)]
    [InlineData("408", false)]
    [InlineData("500", false)]
    [InlineData("\"503\"", false)]
    [InlineData("200", false)]
    [InlineData("302", false)]
    [InlineData("\"00\"", false)]
    public async Task A_code_inside_a_response_of_success_that_is_an_http_status_says_what_that_would(string code, bool wasNotAccepted)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, $$"""{"code":{{code}},"msg":"no"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.Equal((wasNotAccepted, code.Trim('"')), (exception.WasNotAccepted, exception.Service!.Error.Type));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_inside_a_response_of_success_is_the_providers_word_that_there_is_no_job()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"code":17,"msg":"no money, key secret"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(("17", 1), (exception.Service!.Error.Type, exception.Attempts));
        Assert.Contains("no money", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_beside_a_job_leaves_the_job()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"code":17,"msg":"odd"}""", "X-Odd-Ticket: t-2"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal("t-2", exception.Handle!.JobId);
    }

    [Fact]
    public async Task A_status_code_ends_the_job()
    {
        await using var server = new FakeServer(_accepted, FakeServer.Reply(410, "{}"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Picture.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((FailureKind.Expired, "410"), (exception.Error.Kind, exception.LastStatus!.ProviderStatus));
    }

    [Fact]
    public async Task A_failure_that_repeats_the_key_keeps_its_kind_without_the_key()
    {
        await using var server = new FakeServer(_accepted, FakeServer.Reply(409, """{"why":{"no":77,"text":"not with secret"},"message":"not with secret"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Picture.RunAsync(Request, cancellationToken: Token));

        Assert.Equal(FailureKind.Moderated, exception.Error.Kind);
        Assert.DoesNotContain("secret", exception.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_without_the_key_keeps_its_kind()
    {
        var error = new ServiceError { Message = "not with secret", Kind = FailureKind.Moderated };
        using var transport = new Http.Transport("odd", new Http.MediaClientOptions(), new Zoetrope.Providers.CommonErrorReader(), new(), new("X-Odd", "secret"));

        var redacted = transport.Redact(error);

        Assert.Equal((FailureKind.Moderated, false), (redacted.Kind, redacted.Message.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_submit_that_may_have_been_accepted_is_sent_again_with_the_same_key()
    {
        await using var server = new FakeServer(FakeServer.Reset, FakeServer.Reply(503, ""), _accepted);
        using var client = Client(server);

        var job = await client.Picture.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(3, server.Requests.Length);
        Assert.Single(server.Requests.Select(request => Header(request, "Idempotency-Key")).Append(job.Handle.IdempotencyKey).Distinct());
        Assert.Equal(job.Handle, JobHandle.Parse(job.Handle.ToString()));
    }

    [Fact]
    public async Task A_submit_whose_outcome_stays_unknown_keeps_its_key()
    {
        await using var server = new FakeServer(FakeServer.Reset);
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(3, exception.Attempts);
        Assert.Equal(Header(server.Requests[0], "Idempotency-Key"), exception.IdempotencyKey);
        Assert.Contains(exception.IdempotencyKey!, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_refusal_does_not_hide_that_an_earlier_attempt_may_have_been_accepted()
    {
        await using var server = new FakeServer(FakeServer.Reset, FakeServer.Reply(400, """{"error":"no"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(HttpStatusCode.BadRequest, exception.Service!.StatusCode);
    }

    [Fact]
    public async Task An_error_inside_a_later_response_does_not_hide_that_an_earlier_attempt_may_have_been_accepted()
    {
        await using var server = new FakeServer(FakeServer.Reset, FakeServer.Reply(200, """{"code":17,"msg":"duplicate"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
    }

    [Fact]
    public async Task A_refusal_of_a_key_that_was_sent_before_does_not_say_that_there_is_no_job()
    {
        await using var server = new FakeServer(FakeServer.Reply(409, """{"error":"in progress"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => client.Picture.SubmitAsync(Request, new() { IdempotencyKey = "of-an-earlier-run" }, Token));

        Assert.Equal((false, "of-an-earlier-run"), (exception.WasNotAccepted, exception.IdempotencyKey));
    }

    [Fact]
    public async Task A_receipt_whose_body_breaks_off_names_the_job_in_its_header()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Odd-Ticket: t-9\r\nContent-Length: 100\r\n\r\n{\"any\":[1,");
            exchange.Close();
        });
        using var client = new OddClient(new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, SubmitAttempts = 1 });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.Equal("t-9", exception.Handle!.JobId);
    }

    [Theory]
    [InlineData("Idempotency-Key")]
    [InlineData("X-Odd-Version")]
    public async Task A_header_that_the_client_sets_is_not_sent_twice(string name)
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);
        var options = new SubmitOptions { Headers = { [name] = "mine" } };

        await Assert.ThrowsAsync<ArgumentException>(() => client.Picture.SubmitAsync(Request, options, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Picture.SubmitAsync(Request, new() { IdempotencyKey = " " }, Token));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_cancel_that_only_marks_the_record_is_reported_as_that()
    {
        await using var server = new FakeServer(_done);
        using var client = Client(server);

        var outcome = await client.Resume(JobHandle.Parse("odd:picture:t-1")).CancelAsync(Token);

        Assert.Equal(CancelOutcome.OnlyRecorded, outcome);
        Assert.EndsWith("""{"ticket":"t-1"}""", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_model_that_is_not_declared_or_an_input_that_is_not_valid()
    {
        await using var server = new FakeServer(_accepted);
        using var client = Client(server);

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => client.SubmitAsync("else", RawJson.Parse("{}"), cancellationToken: Token));
        await Assert.ThrowsAsync<RequestValidationException>(
            () => client.Picture.SubmitAsync(new() { Prompt = new string('x', 21) }, cancellationToken: Token));

        Assert.Contains("picture, owner/name, leaf", unknown.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static OddClient Client(FakeServer server) => new(new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) });

    private static string Line(string request) => request[..request.IndexOf(" HTTP", StringComparison.Ordinal)];

    private static string? Header(string request, string name) => request.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
}
