using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs add</c> proposes a declaration beside a document that shows jobs.</summary>
public sealed class SpecsProposalTests
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Toy","version":"1"},"servers":[{"url":"https://api.toy.example"}],
         "paths":{
          "/videos":{"post":{"operationId":"make","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"prompt":{"type":"string"}}}}}},
           "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"}}}}}}}}},
          "/videos/{id}":{"get":{"operationId":"look","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
           "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{
            "id":{"type":"string"},"status":{"type":"string","enum":["queued","succeeded","failed"]},"video":{"type":"object","properties":{"url":{"type":"string"}}}}}}}}}}}}}
        """;

    [Fact]
    public async Task A_proposal_is_written_and_each_line_is_said()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document);

        (await folder.RunAsync(["specs", "add", "toy.json"])).Exits(0)
            .Says("specs/toy/toy.jobs.json was written: a proposal of the job protocol, of which no client is generated until it is confirmed.")
            .Says("  status.word = /status: its values are queued, succeeded, failed")
            .Says("  status.operation = GET /videos/{id}: ");

        using var proposal = JsonDocument.Parse(folder.Read("specs/toy/toy.jobs.json"));
        Assert.False(proposal.RootElement.GetProperty("confirmed").GetBoolean());
        Assert.Equal("api.json", proposal.RootElement.GetProperty("document").GetString());
        Assert.Contains(
            proposal.RootElement.GetProperty("$comment").EnumerateArray(), line => line.GetString()!.StartsWith("status.word: ", StringComparison.Ordinal));
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        var check = (await folder.RunAsync(["specs", "check", "specs"])).Exits(0);
        Assert.Contains("toy.jobs.json(", check.Output, StringComparison.Ordinal);
        Assert.Contains("warning ZT0311: ", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("error", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_is_followed()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document.Replace("\"enum\":[\"queued\",\"succeeded\",\"failed\"]", "\"minLength\":1", StringComparison.Ordinal));
        folder.Write("flow.yaml", """
            # A workflow
            arazzo: 1.0.1
            workflows:
            - workflowId: make-video
              steps:
              - {stepId: make, operationId: make, outputs: {id: $response.body#/id}}
              - stepId: wait
                operationId: look
                parameters: [{name: id, in: path, value: $steps.make.outputs.id}]
                successCriteria: [{condition: $response.body#/status == 'over'}]
                onFailure: [{name: again, type: retry, retryAfter: 4, criteria: [{condition: $response.body#/status == 'on'}]}]
            """);

        (await folder.RunAsync(["specs", "add", "toy.json", "--arazzo", "flow.yaml"])).Exits(0)
            .Says("  polling.first = 4: the workflow 'make-video' says so")
            .Says("  status.succeeded = over: the workflow 'make-video' says so");

        Assert.Contains("\"succeeded\": \"over\"", folder.Read("specs/toy/toy.jobs.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arazzo: 1.0.1", 0, "No workflow of flow.yaml was followed: none polls an operation of this document until a word is there.")]
    [InlineData("openapi: 3.1.0", 2, "--arazzo: 'flow.yaml' is not an Arazzo description: 'arazzo' must be a version such as 1.0.1")]
    [InlineData("a: [", 2, "--arazzo: 'flow.yaml' is not valid YAML: ")]
    [InlineData("", 2, "--arazzo: 'flow.yaml' is not valid YAML: ")]
    public async Task A_workflow_that_helps_nothing_is_said(string text, int exitCode, string message)
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document);
        folder.Write("flow.yaml", text);

        (await folder.RunAsync(["specs", "add", "toy.json", "--arazzo", "flow.yaml"])).Exits(exitCode).Says(message);

        Assert.Equal(exitCode == 0, File.Exists(folder.PathOf("specs/toy/toy.jobs.json")));
    }

    [Fact]
    public async Task A_declaration_that_is_there_is_never_changed()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document);
        (await folder.RunAsync(["specs", "add", "toy.json"])).Exits(0);
        folder.Replace("specs/toy/toy.jobs.json", "\"confirmed\": false", "\"confirmed\": true");
        var confirmed = folder.Read("specs/toy/toy.jobs.json");

        (await folder.RunAsync(["specs", "add", "toy.json"])).Exits(0).Says("specs/toy/toy.jobs.json was not changed.");

        Assert.Equal(confirmed, folder.Read("specs/toy/toy.jobs.json"));
        Assert.DoesNotContain("ZT03", (await folder.RunAsync(["specs", "check", "specs"])).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_simulator_says_where_a_provider_of_the_users_own_is()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document);
        (await folder.RunAsync(["specs", "add", "toy.json"])).Exits(0);
        folder.Replace("specs/toy/toy.jobs.json", "\"confirmed\": false", "\"confirmed\": true");

        using var simulator = CliProcess.Start(["simulate", "--port", "0", "--specs", folder.PathOf("specs")], collectOutput: false);
        var address = await simulator.Output.ReadLineAsync(TestContext.Current.CancellationToken);
        await simulator.InterruptAsync();

        (await simulator.FinishAsync()).Exits(0).Says($"  TOY_BASE_URL={address}/toy");
    }

    [Fact]
    public async Task Nothing_is_proposed_where_nothing_can_be_seen()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document.Replace("\"enum\":[\"queued\",\"succeeded\",\"failed\"]", "\"minLength\":1", StringComparison.Ordinal));

        (await folder.RunAsync(["specs", "add", "toy.json"])).Exits(0)
            .Says("  No job protocol is proposed: no GET with an id alone has a response that lists words for the states of a job.");

        Assert.Equal(["api.json"], Directory.GetFiles(folder.PathOf("specs/toy")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_facts_are_there_as_json_too()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.json", Document);

        var result = (await folder.RunAsync(["specs", "add", "toy.json", "--json"])).Exits(0);
        using var json = JsonDocument.Parse(result.Output);

        Assert.Equal("specs/toy/api.json", json.RootElement.GetProperty("path").GetString());
        var declaration = json.RootElement.GetProperty("declaration");
        Assert.Equal("specs/toy/toy.jobs.json", declaration.GetProperty("path").GetString());
        Assert.Contains(declaration.GetProperty("facts").EnumerateArray(), fact => fact.GetProperty("member").GetString() == "submit.id");
    }

    [Fact]
    public async Task Pages_of_an_API_are_kept_together_and_proposed_from_when_they_show_jobs()
    {
        using var folder = new SpecsFolder();
        foreach (var page in new[] { "create-video", "query-task" })
        {
            folder.Write(page + ".md", File.ReadAllText(Repository.PathOf($"tests/Zoetrope.Jobs.Tests/specs/minimax/{page}.md")));
            (await folder.RunAsync(["specs", "add", page + ".md"])).Exits(0);
        }

        var files = Directory.GetFiles(folder.PathOf("specs/minimax")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["get-v2-query-video_generation-task_id.md", "minimax.jobs.json", "post-v2-video_generation.md"], files);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        (await folder.RunAsync(["specs", "check", "specs"])).Exits(0);
    }
}
