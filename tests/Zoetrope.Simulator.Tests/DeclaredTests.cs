using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>A declared provider, played from nothing but its document and its declaration.</summary>
public sealed class DeclaredTests
{
    private const string Always = """{ "operation": "DELETE /jobs/{id}", "stops": "always" }""";

    [Fact]
    public async Task A_job_goes_through_its_states_to_a_result_whose_file_is_there()
    {
        var clock = new ManualClock();
        await using var simulator = await StartAsync(clock);
        using var client = Client(simulator);

        var submitted = await client.SendAsync("POST", "tiny/jobs", Request());
        var id = submitted["task"];
        Assert.Equal((200, $"{simulator.BaseUrl}tiny/jobs/{id}"), (submitted.Status, submitted["link"]));
        var queued = await client.SendAsync("GET", submitted["link"]);
        Assert.Equal((id, "waiting"), (queued["id"], queued["state"]));
        clock.Advance(TimeSpan.FromSeconds(60));
        var running = await client.SendAsync("GET", "tiny/jobs/" + id);
        Assert.Equal(("working", "50"), (running["state"], running["percent"]));
        Assert.Null(running.Json["made"]);
        clock.Advance(TimeSpan.FromSeconds(60));
        var done = await client.SendAsync("GET", "tiny/jobs/" + id);

        Assert.Equal(("done", "100", "0.1"), (done["state"], done["percent"], done.Json["bill"]!["credits"]!.ToString()));
        using var file = await client.GetAsync(done.Json["made"]![0]!.ToString());
        Assert.Equal("image/png", file.Content.Headers.ContentType!.ToString());
        Assert.Equal((1, 1), (simulator.CountsOf("tiny").Submits, simulator.CountsOf("tiny").Accepted));
    }

    [Theory]
    [InlineData("""{"model":"one","mode":"fast","prompt":"too long by far"}""", "prompt")]
    [InlineData("""{"model":"one","mode":"fast"}""", "prompt")]
    [InlineData("""{"model":"two","mode":"fast","prompt":"a"}""", "model")]
    [InlineData("""{"mode":"fast","prompt":"a"}""", "model")]
    [InlineData("""{"model":"one","mode":"slow","prompt":"a"}""", "mode")]
    [InlineData("""{"model":"one","prompt":"a"}""", "mode")]
    [InlineData("""{"model":"one","mode":"fast","prompt":"a","hook":"nowhere"}""", "nowhere")]
    [InlineData("""{"model":"one","mode":"fast","prompt":"a","more":1}""", "more")]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("", "JSON")]
    public async Task Bad_input_is_a_400_that_says_where_and_nothing_is_accepted(string body, string named)
    {
        await using var simulator = await StartAsync(new ManualClock());
        using var client = Client(simulator);

        var reply = await client.SendTextAsync("tiny/jobs", body);

        Assert.Equal(400, reply.Status);
        Assert.Contains(named, reply["error"], StringComparison.Ordinal);
        Assert.Equal((1, 0), (simulator.Submits, simulator.Counts.Accepted));
    }

    [Theory]
    [InlineData(null, "7", 401)]
    [InlineData("Bearer key", "7", 401)]
    [InlineData("Key ", "7", 401)]
    [InlineData("Key bad-key", "7", 401)]
    [InlineData("Key any", "8", 400)]
    [InlineData("Key any", null, 400)]
    [InlineData("Key any", "7", 404)]
    public async Task Every_request_needs_the_key_and_the_headers_and_an_unknown_job_is_a_404(string? key, string? version, int status)
    {
        await using var simulator = await StartAsync(new ManualClock());
        foreach (var (method, path) in new[] { ("GET", "tiny/jobs/no"), ("DELETE", "tiny/jobs/no"), ("GET", "tiny/else"), ("POST", "tiny/jobs") })
        {
            using var client = simulator.Client(key: null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Tiny-Key", key);
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Version", version);
            Assert.Equal(method == "POST" && status == 404 ? 400 : status, (await client.SendAsync(method, path)).Status);
        }
        Assert.DoesNotContain(simulator.Requests, request => request.Headers.Values.Any(value => value.Contains("any", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("always", false, "stopped", "stopped", 409)]
    [InlineData("always", true, "stopped", "stopped", 204)]
    [InlineData("queued", false, "stopped", "done", 409)]
    [InlineData("never", false, "stopped", "stopped", 409)]
    public async Task A_cancel_does_what_the_declaration_says(string stops, bool deletesEnded, string queued, string running, int ended)
    {
        var clock = new ManualClock();
        var deletes = deletesEnded ? "true" : "false";
        await using var simulator =
            await StartAsync(clock, $$"""{ "operation": "DELETE /jobs/{id}", "stops": "{{stops}}", "deletesEnded": {{deletes}} }""");
        using var client = Client(simulator);

        var first = (await client.SendAsync("POST", "tiny/jobs", Request()))["task"];
        Assert.Equal(204, (await client.SendAsync("DELETE", "tiny/jobs/" + first)).Status);
        var second = (await client.SendAsync("POST", "tiny/jobs", Request()))["task"];
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(stops == "queued" ? 409 : 204, (await client.SendAsync("DELETE", "tiny/jobs/" + second)).Status);
        var third = (await client.SendAsync("POST", "tiny/jobs", Request()))["task"];
        clock.Advance(TimeSpan.FromSeconds(200));

        Assert.Equal((queued, running), (await State(first), await State(second)));
        Assert.Equal("done", await State(third));
        Assert.Equal(ended, (await client.SendAsync("DELETE", "tiny/jobs/" + third)).Status);
        Assert.Equal(deletesEnded ? 404 : 200, (await client.SendAsync("GET", "tiny/jobs/" + third)).Status);

        async Task<string> State(string id) => (await client.SendAsync("GET", "tiny/jobs/" + id))["state"];
    }

    [Theory]
    [InlineData(false, "3", 200)]
    [InlineData(true, "3", 200)]
    [InlineData(false, "three", 400)]
    [InlineData(true, "three", 400)]
    public async Task The_fields_of_a_form_are_of_the_types_of_the_schema(bool isMultipart, string size, int status)
    {
        await using var simulator = await StartAsync(new ManualClock());
        using var client = Client(simulator);
        KeyValuePair<string, string>[] fields =
            [new("model", "one"), new("mode", "fast"), new("prompt", "7"), new("size", size), new("loud", "true"), new("tags", "a"), new("tags", "2")];
        using HttpContent content = isMultipart ? Multipart(fields) : new FormUrlEncodedContent(fields);

        using var response = await client.PostAsync("tiny/jobs", content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, simulator.Counts.Accepted);
        if (status == 400)
            Assert.Contains("size: ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/form-data")]
    public async Task A_form_that_breaks_off_is_a_400(string type)
    {
        await using var simulator = await StartAsync(new ManualClock());
        using var client = Client(simulator);
        using var content = new StringContent("--x\r\nContent-Disposition: form-data; name=prompt\r\n\r\na");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using var response = await client.PostAsync("tiny/jobs", content);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("not complete", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_fails_with_the_word_and_the_reason_of_the_declaration()
    {
        var clock = new ManualClock();
        await using var simulator = await StartAsync(clock);
        using var client = Client(simulator);
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Provider = "tiny", Body = "No luck." });

        var id = (await client.SendAsync("POST", "tiny/jobs", Request()))["task"];
        clock.Advance(TimeSpan.FromSeconds(200));
        var failed = await client.SendAsync("GET", "tiny/jobs/" + id);

        Assert.Equal(("broken", "No luck.", "E.SIMULATED"), (failed["state"], failed["why"], failed["code"]));
        Assert.Null(failed.Json["made"]);
    }

    [Fact]
    public async Task Faults_have_the_providers_errors()
    {
        await using var simulator = await StartAsync(new ManualClock());
        using var client = Client(simulator);
        simulator.AddFault(new() { Kind = FaultKind.Status, Provider = "tiny", StatusCode = 503, CarryOut = true, Operation = SimulatorOperation.Submit });

        var reply = await client.SendAsync("POST", "tiny/jobs", Request());

        Assert.Equal((503, "A requested fault.", 1), (reply.Status, reply["error"], simulator.CountsOf("tiny").Accepted));
    }

    [Fact]
    public async Task The_same_idempotency_key_is_the_same_job_for_the_same_api_key()
    {
        await using var simulator = await StartAsync(new ManualClock());
        using var client = Client(simulator);
        using var other = Client(simulator, "Key other");

        var first = (await client.SendAsync("POST", "tiny/jobs?once=1", Request()))["task"];

        Assert.Equal(first, (await client.SendAsync("POST", "tiny/jobs?once=1", Request()))["task"]);
        Assert.NotEqual(first, (await client.SendAsync("POST", "tiny/jobs?once=2", Request()))["task"]);
        Assert.NotEqual(first, (await client.SendAsync("POST", "tiny/jobs", Request()))["task"]);
        Assert.NotEqual(first, (await other.SendAsync("POST", "tiny/jobs?once=1", Request()))["task"]);
        Assert.Equal((5, 4), (simulator.Submits, simulator.Counts.Accepted));
    }

    [Theory]
    [InlineData(false, "done")]
    [InlineData(true, "broken")]
    public async Task A_webhook_has_the_status_at_the_end(bool fails, string state)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await StartAsync(TimeProvider.System);
        using var client = Client(simulator);
        if (fails)
            simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var request = Request();
        request["hook"] = receiver.Url;

        var id = (await client.SendAsync("POST", "tiny/jobs", request))["task"];

        var (body, _) = await receiver.NextAsync();
        Assert.Equal((id, state), (body["id"]!.ToString(), body["state"]!.ToString()));
        Assert.Equal(!fails, body["made"] is JsonArray);
    }

    [Theory]
    [InlineData("tiny.jobs.json", "\"POST /jobs\"", "\"POST /nowhere\"", "POST /nowhere")]
    [InlineData("tiny.jobs.json", "\"/state\"", "\"/nowhere\"", "/nowhere")]
    [InlineData("tiny.jobs.json", "\"tiny.json\"", "\"none.json\"", "none.json")]
    [InlineData("tiny.jobs.json", "\"provider\": \"tiny\"", "\"provider\": \"v1\"", "v1")]
    [InlineData("tiny.jobs.json", "{", "", "object")]
    public async Task A_declaration_that_cannot_be_used_stops_the_start(string file, string part, string other, string named)
    {
        using var folder = Folder(Always);
        var path = Path.Combine(folder.Path, "tiny", file);
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Remove(text.IndexOf(part, StringComparison.Ordinal), part.Length).Insert(
            text.IndexOf(part, StringComparison.Ordinal), other));

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() => MediaSimulator.StartAsync(new() { SpecsFolder = folder.Path }));

        Assert.StartsWith("tiny/tiny.jobs.json: ", problem.Message);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_that_nobody_has_confirmed_is_not_played()
    {
        using var folder = Folder(Always);
        var path = Path.Combine(folder.Path, "tiny", "tiny.jobs.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"name\"", "\"confirmed\": false, \"name\""));
        using var log = new StringWriter();
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = folder.Path, Log = log });
        using var client = Client(simulator);

        Assert.Empty((await client.SendAsync("GET", "_simulator/endpoints")).Json.AsArray());
        Assert.Contains("tiny/tiny.jobs.json: ", log.ToString(), StringComparison.Ordinal);
    }

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        return content;
    }

    private static JsonObject Request() => new() { ["model"] = "one", ["mode"] = "fast", ["prompt"] = "a cat" };

    private static HttpClient Client(MediaSimulator simulator, string key = "Key any")
    {
        var client = simulator.Client(key: null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Tiny-Key", key);
        client.DefaultRequestHeaders.Add("X-Version", "7");
        return client;
    }

    private static async Task<MediaSimulator> StartAsync(TimeProvider clock, string cancel = Always)
    {
        using var folder = Folder(cancel);
        var isManual = clock is ManualClock;
        return await MediaSimulator.StartAsync(new()
        {
            SpecsFolder = folder.Path,
            TimeProvider = clock,
            QueueTime = TimeSpan.FromSeconds(isManual ? 10 : 0),
            JobDuration = TimeSpan.FromSeconds(isManual ? 100 : 0),
        });
    }

    private static TemporaryFolder Folder(string cancel)
    {
        var folder = new TemporaryFolder();
        folder.Write("tiny/tiny.json", Document);
        folder.Write("tiny/tiny.jobs.json", Declaration.Replace("CANCEL", cancel));
        return folder;
    }

    private const string Declaration = """
        {
          "provider": "tiny", "name": "Tiny", "document": "tiny.json", "keys": "TINY_KEY",
          "auth": { "header": "X-Tiny-Key", "prefix": "Key " },
          "headers": { "X-Version": "7" },
          "submit": { "modelMember": "model", "constants": { "mode": "fast" }, "id": "/task", "statusUrl": "/link" },
          "models": [ { "id": "one", "operation": "POST /jobs", "category": "text-to-image", "outputType": "array" } ],
          "status": {
            "operation": "GET /jobs/{id}", "id": "/id", "word": "/state",
            "queued": "waiting", "running": "working", "succeeded": "done", "failed": "broken", "canceled": "stopped",
            "progress": "/percent", "wholeProgress": 100,
            "failure": { "code": "/code", "message": "/why", "kinds": { "E.*": "provider" } },
            "cost": { "amount": "/bill/credits", "unit": "credits" }
          },
          "result": { "output": "/made" },
          "cancel": CANCEL,
          "webhook": { "body": "/hook" },
          "idempotency": { "query": "once" }
        }
        """;

    private const string Document = """
        {
          "openapi": "3.1.0", "info": { "title": "Tiny", "version": "1" }, "servers": [ { "url": "https://tiny.example" } ],
          "paths": {
            "/jobs": { "post": {
              "requestBody": { "content": { "application/json": { "schema": {
                "type": "object", "required": [ "model", "prompt" ], "additionalProperties": false,
                "properties": {
                  "model": { "type": "string" }, "mode": { "type": "string" }, "hook": { "type": "string" }, "prompt": { "type": "string", "maxLength": 9 },
                  "size": { "type": "integer" }, "loud": { "type": "boolean" }, "tags": { "type": "array", "items": { "type": "string" } } } } } } },
              "responses": { "200": { "description": "Accepted.", "content": { "application/json": { "schema": {
                "type": "object", "properties": { "task": { "type": "string" }, "link": { "type": "string" } } } } } } } } },
            "/jobs/{id}": {
              "parameters": [ { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } } ],
              "get": { "responses": { "200": { "description": "The job.", "content": { "application/json": { "schema": {
                "type": "object",
                "properties": {
                  "id": { "type": "string" }, "state": { "type": "string" }, "percent": { "type": "number" }, "code": { "type": "string" },
                  "why": { "type": "string" }, "bill": { "type": "object", "properties": { "credits": { "type": "number" } } },
                  "made": { "type": "array", "items": { "type": "string", "format": "uri" } } } } } } } } },
              "delete": { "responses": { "204": { "description": "Canceled." } } } }
          }
        }
        """;
}
