using Zoetrope.Eachlabs.Models;
using Zoetrope.Http;
using Zoetrope.Operations;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>The other calls of Eachlabs' API: models, the history of runs, webhooks and workflows.</summary>
public sealed class EachlabsApiTests
{
    private const string Model = """{"title":"Flux","slug":"flux-1-1-pro","version":"0.0.1","output_type":"array","request_schema":{"type":"object"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"[{Model}]", "[]")]
    [InlineData($$"""{"models":[{{Model}}]}""", """{"models":[]}""")]
    public async Task All_models_are_listed_in_either_form_without_a_key(string first, string last)
    {
        await using var server = new FakeServer(Reply(200, first), Reply(200, last));
        using var api = new EachlabsApiClient(new ApiClientOptions { BaseUrl = server.Url, ApiKey = "smk_test-key-1234" });
        var models = new List<EachlabsApi.Model>();

        await foreach (var model in api.EnumerateModelsAsync("flux", Token))
            models.Add(model);

        Assert.Equal(("flux-1-1-pro", """{"type":"object"}"""), (Assert.Single(models).Slug, models[0].RequestSchema.ToString()));
        Assert.StartsWith("GET /v1/models?name=flux&limit=500&offset=0 ", server.Requests[0]);
        Assert.StartsWith("GET /v1/models?name=flux&limit=500&offset=1 ", server.Requests[1]);
        Assert.DoesNotContain("smk_", string.Concat(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "\r\nAuthorization: Bearer smk_test-key-1234\r\n", "X-API-Key")]
    [InlineData(true, "\r\nX-API-Key: smk_test-key-1234\r\n", "Authorization")]
    public async Task The_history_is_filtered_with_either_key_header_and_never_both(bool isOwnHeader, string header, string other)
    {
        const string Page = """
            {"executions":[{"id":"p-1","model":"flux-1-1-pro","requested_model":null,"status":"success","execution_cost":0.05,"run_time":1.5,
            "created_at":"2026-08-01T10:00:00Z","started_at":null,"completed_at":null,"output":"https://files.example/1.png"}],"total_count":1,"total_capped":false,"offset":0,"limit":20}
            """;
        await using var server = new FakeServer(Reply(200, Page));
        using var api = new EachlabsApiClient(new ApiClientOptions
        {
            BaseUrl = server.Url, ApiKey = "smk_test-key-1234", ApiKeyLocation = isOwnHeader ? ApiKeyLocation.Header("X-API-Key") : null,
        });

        var page = await api.ListExecutionsAsync(
            new() { Status = ["success", "error"], ErrorClassification = ["provider_rate_limit"], Model = "flux-1-1-pro" }, cancellationToken: Token);

        Assert.Equal(("p-1", 0.05), (Assert.Single(page.Executions).Id, page.Executions[0].ExecutionCost));
        Assert.StartsWith("GET /v1/executions?model=flux-1-1-pro&status=success,error&error_classification=provider_rate_limit ", server.Requests[0]);
        Assert.Contains(header, server.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain(other, server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_checked_before_anything_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var api = new EachlabsApiClient(new ApiClientOptions { BaseUrl = server.Url, ApiKey = "smk_test-key-1234" });

        await Assert.ThrowsAsync<RequestValidationException>(() => api.ListExecutionsAsync(new() { Limit = 101 }, cancellationToken: Token));
        await Assert.ThrowsAsync<RequestValidationException>(() => api.ListModelsAsync(new() { Limit = 501 }, cancellationToken: Token));
        await Assert.ThrowsAsync<RequestValidationException>(() => api.GetWebhookAsync("..", cancellationToken: Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Webhooks_workflows_and_schemas_are_read_and_written()
    {
        await using var server = new FakeServer(
            Reply(200, """{"execution_id":"p-1","url":"https://example.com","request":"{}","source":"api","created_at":"2026-08-01T10:00:00Z","attempts":[{"status":"FAILED","status_code":500,"created_at":"2026-08-01T10:00:00Z"}]}"""),
            Reply(201, """{"workflow_id":"wf","slug":"story","name":"Story","versions":[{"version_id":"v1","slug":"story"}]}"""),
            Reply(200, """{"openapi":"3.0.0"}"""),
            Reply(404, """{"error":"Failed to fetch model: model not found"}"""));
        using var api = new EachlabsApiClient(new ApiClientOptions { BaseUrl = server.Url, ApiKey = "smk_test-key-1234" });

        var webhook = await api.GetWebhookAsync("p-1", cancellationToken: Token);
        var workflow = await api.CreateWorkflowAsync(
            new() { Name = "Story", Definition = new() { Version = "1.0", Steps = [new() { StepId = "draw", Type = EachlabsApi.WorkflowStepType.Model, Model = "flux-1-1-pro" }] } },
            cancellationToken: Token);
        var schema = await api.GetModelSchemaAsync("flux-1-1-pro", cancellationToken: Token);
        var exception = await Assert.ThrowsAsync<Zoetrope.Errors.ServiceException>(() => api.GetModelAsync(new() { Slug = "no" }, cancellationToken: Token));

        Assert.Equal((EachlabsApi.WebhookAttemptStatus.Failed, 500L), (Assert.Single(webhook.Attempts!).Status, webhook.Attempts![0].StatusCode!.Value));
        Assert.Equal(("wf", "v1"), (workflow.WorkflowId, Assert.Single(workflow.Versions!).VersionId));
        Assert.Equal("""{"openapi":"3.0.0"}""", schema.ToString());
        Assert.Contains("model not found", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"name":"Story","definition":{"version":"1.0","steps":[{"step_id":"draw","type":"model","model":"flux-1-1-pro"}]}}""", server.Requests[1]);
        Assert.StartsWith("GET /v1/models/flux-1-1-pro/schemas/openapi ", server.Requests[2]);
    }
}
