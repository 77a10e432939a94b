using System.Text.Json;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Jobs.Proposals;

namespace Zoetrope.Specs.Tests.Jobs;

/// <summary>Declarations that are proposed from documents.</summary>
public class ProposalTests
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
         "components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},"security":[{"key":[]}],
         "paths":{
          "/videos":{"post":{"summary":"Make","x-idempotency-key":"recommended",
           "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"prompt":{"type":"string"},
            "model":{"enum":["m-1","m-2"]},"callback_url":{"type":"string"}}}}}},
           "responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"}}}}}}}}},
          "/videos/{id}":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{
            "id":{"type":"string"},"state":{"enum":["waiting","thinking","done","broken","failed"]},"progress":{"type":"number","maximum":100},
            "error":{"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"}}},"video":{"type":"string"}}}}}}}},
           "delete":{"responses":{"204":{"description":"gone"}}}},
          "/videos/{id}/cancel":{"post":{"responses":{"200":{"description":"ok"}}}}}}
        """;

    private const string NoStatus = "no GET with an id alone has a response that lists words for the states of a job";

    private const string NoSubmit =
        "no POST makes what GET /videos/{id} reports: its response would have the id, and its path or its schema those of the status";

    private const string Workflows = """
        {"arazzo":"1.0.1","info":{"title":"A","version":"1"},"sourceDescriptions":[{"name":"a","url":"./a.json","type":"openapi"}],
         "workflows":[{"workflowId":"make","steps":[
          {"stepId":"start","operationId":"$sourceDescriptions.a.begin","outputs":{"job":"$response.body#/ticket"}},
          {"stepId":"wait","operationPath":"{$sourceDescriptions.a.url}#/paths/~1videos~1{id}/get",
           "parameters":[{"name":"id","in":"path","value":"$steps.start.outputs.job"}],
           "successCriteria":[{"condition":"$statusCode == 200"},{"context":"$response.body","type":"jsonpath","condition":"$[?@.state == 'over']"}],
           "onFailure":[{"reference":"$components.failureActions.again"},
            {"name":"no","type":"end","criteria":[{"condition":"$response.body#/state == \"bad\""}]}]},
          {"stepId":"fetch","operationPath":"{$sourceDescriptions.a.url}#/paths/~1videos~1%7Bid%7D~1bytes/get",
           "parameters":[{"name":"id","in":"path","value":"$steps.start.outputs.job"}]}]}],
         "components":{"failureActions":{"again":{"name":"again","type":"retry","retryAfter":2.5,"retryLimit":100,
          "criteria":[{"condition":"$statusCode == 200 && $response.body#/state == 'going'"}]}}}}
        """;

    [Fact]
    public void A_declaration_is_proposed_from_words_names_and_paths()
    {
        var proposal = Propose(Document)!;
        using var json = JsonDocument.Parse(proposal.Json);
        var root = json.RootElement;

        Assert.False(root.GetProperty("confirmed").GetBoolean());
        Assert.Equal("""{"header":"X-Key"}""", Compact(root, "auth"));
        Assert.Equal("/id", root.GetProperty("submit").GetProperty("id").GetString());
        Assert.Equal("model", root.GetProperty("submit").GetProperty("modelMember").GetString());
        Assert.Equal(["m-1", "m-2"], root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        var status = root.GetProperty("status");
        Assert.Equal("GET /videos/{id}", status.GetProperty("operation").GetString());
        Assert.Equal("/state", status.GetProperty("word").GetString());
        Assert.Equal(("waiting", "done", "failed"), (Text(status, "queued"), Text(status, "succeeded"), Text(status, "failed")));
        Assert.False(status.TryGetProperty("running", out _));
        Assert.Equal(100, status.GetProperty("wholeProgress").GetInt32());
        Assert.Equal("""{"code":"/error/code","message":"/error/message"}""", Compact(status, "failure"));
        Assert.Equal("""{"output":"/video"}""", Compact(root, "result"));
        Assert.Equal("""{"operation":"POST /videos/{id}/cancel","stops":"always"}""", Compact(root, "cancel"));
        Assert.Equal("""{"body":"/callback_url"}""", Compact(root, "webhook"));
        Assert.Equal("""{"header":"Idempotency-Key"}""", Compact(root, "idempotency"));
        Assert.Contains(proposal.Facts, fact => fact is { Member: "status", Value: "thinking, broken" });
        Assert.All(proposal.Facts, fact => Assert.True(fact.Reason.Length > 10 && fact.Value.Length > 0));
    }

    [Fact]
    public void A_proposal_is_verified_and_only_not_confirmed()
    {
        var reading = JobsReader.Read(new("a.jobs.json", Propose(Document)!.Json), new("a.json", Document), null, TestContext.Current.CancellationToken);

        Assert.Equal([JobsProblems.NotConfirmed], reading.Problems.Select(problem => problem.Kind));
        Assert.Equal([JobsProblems.UndeclaredWord, JobsProblems.UndeclaredWord], reading.DocumentProblems.Select(problem => problem.Kind));
    }

    [Fact]
    public void Words_of_the_providers_own_are_left_to_a_person_and_each_is_a_warning_until_then()
    {
        var text = Document.Replace(
            "\"waiting\",\"thinking\",\"done\",\"broken\",\"failed\"", "\"laid\",\"brewing\",\"hatched\",\"cracked\"", StringComparison.Ordinal);
        var proposal = Propose(text)!;
        using var json = JsonDocument.Parse(proposal.Json);
        var reading = JobsReader.Read(new("a.jobs.json", proposal.Json), new("a.json", text), null, TestContext.Current.CancellationToken);
        var confirmed = JobsReader.Read(
            new("a.jobs.json", proposal.Json.Replace("\"confirmed\": false", "\"confirmed\": true", StringComparison.Ordinal)), new("a.json", text), null,
            TestContext.Current.CancellationToken);

        Assert.Equal(0, json.RootElement.GetProperty("status").GetProperty("succeeded").GetArrayLength());
        Assert.Contains(proposal.Facts, fact => fact is { Member: "status", Value: "laid, brewing, hatched, cracked" });
        Assert.Equal([JobsProblems.NotConfirmed], reading.Problems.Select(problem => problem.Kind));
        Assert.Equal(4, reading.DocumentProblems.Count(problem => problem.Kind == JobsProblems.UndeclaredWord));
        Assert.Null(confirmed.Description);
        Assert.Contains(confirmed.Problems, problem => problem.Message.StartsWith("'succeeded' must be", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(",\"discriminator\":{\"propertyName\":\"kind\"}")]
    [InlineData("")]
    public void A_body_of_several_schemas_is_a_model_for_each_value_that_selects_one(string discriminator)
    {
        var start = Document.IndexOf("{\"type\":\"object\",\"properties\":{\"prompt\"", StringComparison.Ordinal);
        var end = Document.IndexOf("\"callback_url\":{\"type\":\"string\"}}}", StringComparison.Ordinal) + "\"callback_url\":{\"type\":\"string\"}}}".Length;
        var text = Document[..start] + """{"oneOf":[{"type":"object","properties":{"kind":{"const":"image"},"size":{"type":"string"}}},"""
            + """{"type":"object","properties":{"kind":{"enum":["video"]},"seconds":{"type":"integer"}}}]""" + discriminator + "}" + Document[end..];
        var proposal = Propose(text)!;
        using var json = JsonDocument.Parse(proposal.Json);
        var confirmed = JobsReader.Read(
            new("a.jobs.json", proposal.Json.Replace("\"confirmed\": false", "\"confirmed\": true", StringComparison.Ordinal)), new("a.json", text), null,
            TestContext.Current.CancellationToken);

        Assert.Equal(["image", "video"], json.RootElement.GetProperty("models").EnumerateArray().Select(model => Text(model, "id")));
        Assert.Equal(["size", "seconds"], confirmed.Description!.Models.Select(model => Assert.Single(model.Endpoint.Input!.Properties).Name));
    }

    [Fact]
    public void A_proposal_that_is_confirmed_is_a_protocol()
    {
        var confirmed = Propose(Document)!.Json.Replace("\"confirmed\": false", "\"confirmed\": true", StringComparison.Ordinal);
        var reading = JobsReader.Read(new("a.jobs.json", confirmed), new("a.json", Document), null, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Problems);
        Assert.Equal(["m-1", "m-2"], reading.Description!.Models.Select(model => model.Endpoint.Id));
    }

    [Theory]
    [InlineData("\"enum\":[\"waiting\",\"thinking\",\"done\",\"broken\",\"failed\"]", "\"type\":\"string\"", NoStatus)]
    [InlineData("\"properties\":{\"id\":{\"type\":\"string\"}}}}}}}}},", "\"properties\":{\"name\":{\"type\":\"string\"}}}}}}}}},", NoSubmit)]
    [InlineData("\"/videos\":{\"post\"", "\"/videos\":{\"put\"", NoSubmit)]
    public void Nothing_is_proposed_where_nothing_can_be_seen_and_the_reason_is_given(string text, string replacement, string reason)
    {
        Assert.Contains(text, Document, StringComparison.Ordinal);
        var search = JobsProposer.Search(
            [new("a.json", Document.Replace(text, replacement, StringComparison.Ordinal))], new("a", "A", null), null, TestContext.Current.CancellationToken);
        Assert.Null(search.Proposal);
        Assert.Equal(reason, search.Reason);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"openapi":"3.1.0","paths":[]}""")]
    public void Nothing_is_proposed_from_what_cannot_be_read(string text) => Assert.Null(Propose(text));

    [Fact]
    public void A_link_from_the_submit_to_the_status_is_followed()
    {
        var linked = Document
            .Replace("\"/videos\":{", "\"/make-it\":{", StringComparison.Ordinal)
            .Replace("\"/videos/{id}\":{\"get\":{", "\"/look/{id}\":{\"get\":{\"operationId\":\"look\",", StringComparison.Ordinal)
            .Replace("{\"200\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}}}}",
                "{\"200\":{\"links\":{\"Status\":{\"operationId\":\"look\"}},\"content\":{\"application/json\":{\"schema\":"
                    + "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"a\":{},\"b\":{},\"c\":{}}}}}}", StringComparison.Ordinal);

        Assert.Contains("links to the status", Propose(linked)!.Facts.Single(fact => fact.Member == "submit.id").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_polling_extension_gives_words_and_seconds()
    {
        const string Criteria = """
            "x-speakeasy-polling":[{"name":"Wait","intervalSeconds":7,"successCriteria":[{"condition":"$response.body#/state == \"over\""}],
             "failureCriteria":[{"condition":"$statusCode == 500"},{"condition":"$response.body#/state == 'bad'"}]}],
            """;
        var text = Document.Replace("\"enum\":[\"waiting\",\"thinking\",\"done\",\"broken\",\"failed\"]", "\"type\":\"string\"", StringComparison.Ordinal)
            .Replace("\"/videos/{id}\":{\"get\":{", "\"/videos/{id}\":{\"get\":{" + Criteria, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Propose(text)!.Json);
        var status = json.RootElement.GetProperty("status");

        Assert.Equal(("over", "bad"), (Text(status, "succeeded"), Text(status, "failed")));
        Assert.Equal("""{"first":7}""", Compact(json.RootElement, "polling"));
    }

    [Fact]
    public void A_workflow_gives_the_operations_the_words_and_the_seconds()
    {
        // Neither names nor words say what the operations are.
        var text = Document.Replace("\"enum\":[\"waiting\",\"thinking\",\"done\",\"broken\",\"failed\"]", "\"type\":\"string\"", StringComparison.Ordinal)
            .Replace("\"/videos\":{\"post\":{", "\"/files/{model}\":{\"post\":{\"operationId\":\"begin\",", StringComparison.Ordinal)
            .Replace("\"properties\":{\"id\":{\"type\":\"string\"}}}}}}}}},",
                "\"properties\":{\"id\":{\"type\":\"string\"},\"ticket\":{}}}}}}}}},", StringComparison.Ordinal)
            .Replace("\"/videos/{id}/cancel\":{\"post\"", "\"/videos/{id}/bytes\":{\"get\"", StringComparison.Ordinal);
        Assert.Null(Propose(text));
        using var json = JsonDocument.Parse(Propose(text, Workflows)!.Json);
        var (submit, status) = (json.RootElement.GetProperty("submit"), json.RootElement.GetProperty("status"));

        Assert.Equal(("POST /files/{model}", "/ticket"), (Text(submit, "operation"), Text(submit, "id")));
        Assert.Equal(("GET /videos/{id}", "/state"), (Text(status, "operation"), Text(status, "word")));
        Assert.Equal(("over", "bad", "going"), (Text(status, "succeeded"), Text(status, "failed"), Text(status, "running")));
        Assert.Equal("""{"first":3}""", Compact(json.RootElement, "polling"));
        Assert.Equal("""{"requests":[{"operation":"GET /videos/{id}/bytes","isFile":true}]}""", Compact(json.RootElement, "result"));
        Assert.Contains(
            Propose(text, Workflows)!.Facts,
            fact => fact is { Member: "submit.id" } && fact.Reason.Contains("the workflow 'make' polls", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"arazzo":"1.0.1"}""")]
    [InlineData("""{"arazzo":"1.0.1","workflows":[{"steps":[{"operationId":"x"},{"operationPath":"nothing"},{"stepId":5}]},7]}""")]
    public void Workflows_about_other_documents_change_nothing(string workflows)
    {
        var proposal = Propose(Document, workflows)!;
        Assert.Equal(Propose(Document), proposal);
        Assert.False(proposal.FollowsWorkflow);
    }

    [Fact]
    public void Pages_are_proposed_from_together()
    {
        var folder = Path.Combine(TestFiles.Root, "tests", "Zoetrope.Jobs.Tests", "specs", "minimax");
        var pages = new[] { "create-video.md", "delete-task.md", "query-task.md" }
            .Select(name => new NamedDocument(name, File.ReadAllText(Path.Combine(folder, name)))).ToList();

        Assert.Null(JobsProposer.Propose(pages[..1], new("minimax", "MiniMax", null), null, TestContext.Current.CancellationToken));
        using var json = JsonDocument.Parse(JobsProposer.Propose(pages, new("minimax", "MiniMax", null), null, TestContext.Current.CancellationToken)!.Json);

        Assert.Equal(pages.Select(page => page.Name), json.RootElement.GetProperty("document").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("/task/status", json.RootElement.GetProperty("status").GetProperty("word").GetString());
        Assert.Equal("/task_id", json.RootElement.GetProperty("submit").GetProperty("id").GetString());
    }

    private static Proposal? Propose(string text, string? workflows = null) =>
        JobsProposer.Propose([new("a.json", text)], new("a", "A", null), workflows, TestContext.Current.CancellationToken);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Compact(JsonElement element, string name) => JsonSerializer.Serialize(element.GetProperty(name));
}
