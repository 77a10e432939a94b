using System.Diagnostics;
using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The key goes only where it is trusted, and never appears anywhere else.</summary>
public sealed class TrustTests
{
    [Theory]
    [InlineData("https://provider.test/a", true)]
    [InlineData("https://queue.provider.test/a?b=c", true)]
    [InlineData("https://PROVIDER.test/", true)]
    [InlineData("http://provider.test/", false)]
    [InlineData("https://evilprovider.test/", false)]
    [InlineData("https://provider.test.evil.com/", false)]
    [InlineData("https://provider.test@evil.com/", false)]
    [InlineData("https://user:password@provider.test/", false)]
    [InlineData("https://provider.test:8443/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("ftp://provider.test/", false)]
    [InlineData("http://127.0.0.1:5000/any/path", true)]
    [InlineData("http://127.0.0.1:5001/", false)]
    [InlineData("https://127.0.0.1:5000/", false)]
    [InlineData("http://127.0.0.2:5000/", false)]
    public void The_key_goes_only_to_the_providers_hosts_over_https_and_to_the_origin_the_user_set(string address, bool trusted)
    {
        using var transport = TestTransport.Create(new Uri("http://127.0.0.1:5000/base"));

        Assert.Equal(trusted, transport.IsTrusted(new Uri(address)));
    }

    [Fact]
    public void What_was_found_to_be_trusted_extends_to_nothing_else()
    {
        using var transport = TestTransport.Create(new Uri("http://[fe80::1%251]:8080/base"));

        Assert.True(transport.IsTrusted(new Uri("http://[fe80::1%251]:8080/next")));
        Assert.False(transport.IsTrusted(new Uri("http://[fe80::1]:8080/next")));
        Assert.False(transport.IsTrusted(new Uri("http://[fe80::1%252]:8080/next")));
        Assert.True(transport.IsTrusted(new Uri("https://provider.test/a")));
        Assert.False(transport.IsTrusted(new Uri("https://provider.test@evil.com/a")));
        Assert.False(transport.IsTrusted(new Uri("https://provider.test:8443/a")));
    }

    [Fact]
    public async Task A_request_to_any_other_address_is_refused_before_it_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(baseUrl: null);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var submit = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.True(submit.WasNotAccepted);
        Assert.Equal(1, submit.Attempts);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_key_arrives_once_at_the_origin_the_user_set()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url);

        await transport.SendAsync(TestTransport.Get(server.Url), default);

        var request = Assert.Single(server.Requests);
        Assert.Equal(2, request.Split("Authorization: Key " + TestTransport.Key).Length);
        Assert.Contains("Accept: application/json", request);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(status, "", $"Location: {elsewhere.Url}"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.Redirected, exception.Failure);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_that_the_users_own_client_followed_is_noticed()
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(302, "", $"Location: {elsewhere.Url}"));
        using var own = new HttpClient();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = own);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.Redirected, exception.Failure);
    }

    [Theory]
    [InlineData("{\"message\":\"bad key id-1234567890:secret-abcdefgh\"}")]
    [InlineData("{\"message\":\"bad key id-1234567890:secret\\u002dabcdefgh\"}")]
    [InlineData("{\"message\":\"bad secret secret-abcdefgh!\"}")]
    [InlineData("<html>Authorization: Key id-1234567890:secret-abcdefgh</html>")]
    public async Task A_key_that_the_service_echoes_is_in_no_exception(string body)
    {
        await using var server = new FakeServer(Reply(401, body, $"x-request-id: {TestTransport.Key}"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        var everything = exception + exception.Error.ToString() + exception.Error.Message + exception.Error.RequestId + exception.Error.Body;
        Assert.DoesNotContain("secret-abcdefgh", everything);
        Assert.DoesNotContain("secret\\u002dabcdefgh", everything);
        Assert.Contains("***", everything);
    }

    [Fact]
    public async Task A_key_that_the_service_echoes_is_in_no_result()
    {
        await using var server = new FakeServer(Reply(200, $"{{\"headers\":\"Key {TestTransport.Key}\",\"é\":1}}"));
        using var transport = TestTransport.Create(server.Url);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal("{\"headers\":\"***\",\"é\":1}", response.RequireJson().ToString());
    }

    [Fact]
    public void The_text_of_a_key_header_does_not_show_the_key()
    {
        var header = new AuthHeader("Authorization", "Key " + TestTransport.Key);

        Assert.Equal("Authorization: ***", header.ToString());
        Assert.Equal("(no key)", default(AuthHeader).ToString());
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("authorization")]
    [InlineData("X-API-Key")]
    [InlineData("x-api-key")]
    [InlineData("Host")]
    [InlineData("Cookie")]
    [InlineData("Content-Length")]
    [InlineData("Content-Language")]
    [InlineData("bad name")]
    [InlineData("bad\r\nname")]
    [InlineData("")]
    public async Task Headers_that_carry_keys_or_frame_the_message_are_refused(string name)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url);
        var request = TestTransport.Get(server.Url);
        request.Headers.Add(new(name, "x"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(request, default));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("a\r\nAuthorization: Key other")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("grüezi")]
    public async Task Header_values_with_line_breaks_are_refused(string value)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url);
        var request = TestTransport.Get(server.Url);
        request.Headers.Add(new("X-Trace", value));

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(request, default));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Contains("'X-Trace'", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Other_headers_are_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var transport = TestTransport.Create(server.Url);
        var request = TestTransport.Get(server.Url);
        request.Headers.Add(new("X-Trace", "abc"));
        request.Headers.Add(new("User-Agent", "my app"));

        await transport.SendAsync(request, default);

        Assert.Contains("X-Trace: abc\r\n", server.Requests[0]);
        Assert.Contains("User-Agent: my app\r\n", server.Requests[0]);
    }

    [Fact]
    public void A_key_with_a_line_break_is_refused_without_showing_it()
    {
        var exception = Assert.Throws<ArgumentException>(
            () =>
                new Zoetrope.Http.Transport("test", new MediaClientOptions(), new NoErrors(), new TrustedHosts(), new AuthHeader("X-API-Key", "my-secret\n")));

        Assert.DoesNotContain("my-secret", exception.ToString());
    }

    [Fact]
    public async Task A_query_is_in_no_exception_because_webhook_URLs_hold_secrets()
    {
        await using var server = new FakeServer(Raw("garbage\r\n\r\n"));
        using var transport = TestTransport.Create(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => transport.SendAsync(TestTransport.Get(new Uri(server.Url, "path?fal_webhook=https://me.test/hook-secret")), default));

        Assert.DoesNotContain("hook-secret", exception.ToString());
        Assert.Contains("/path", exception.Message);
    }

    [Fact]
    public async Task Traces_name_the_job_and_hold_no_key_and_no_input()
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Zoetrope",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (activities)
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var protocol = new FakeProtocol("traced")
        {
            Submit = _ => throw new SubmitException(
            "traced",
            "m",
            true,
            1,
            new ServiceException("traced", HttpStatusCode.BadRequest, new ServiceError { Message = "a prompt with " + TestTransport.Key }))
        };
        using var client = new FakeClient(protocol);

        await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("m", RawJson.Parse("{\"prompt\":\"my prompt\"}")));
        protocol.Submit = null;
        var job = await client.SubmitAsync("m", RawJson.Parse("{\"prompt\":\"my prompt\"}"));
        await job.WaitAsync();

        Activity[] traced;
        lock (activities)
            traced = [.. activities.Where(activity => Equals(activity.GetTagItem("zoetrope.provider"), "traced"))];
        var all = string.Join("\n", traced.SelectMany(activity => activity.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"))
            + string.Join("\n", traced.Select(activity => activity.StatusDescription));
        Assert.Equal(["zoetrope.submit", "zoetrope.submit", "zoetrope.wait"], traced.Select(activity => activity.OperationName));
        Assert.Equal(ActivityStatusCode.Error, traced[0].Status);
        Assert.Contains("zoetrope.job_id=job-1", all);
        Assert.Contains("error.type=SubmitException", all);
        Assert.DoesNotContain("prompt", all);
        Assert.DoesNotContain("secret", all);
    }

    private sealed class NoErrors : IServiceErrorReader
    {
        public ServiceError Read(TransportResponse response) => new() { Message = "" };
    }
}
