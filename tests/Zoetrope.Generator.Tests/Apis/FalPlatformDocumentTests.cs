using Zoetrope.Operations;

namespace Zoetrope.Generator.Tests;

/// <summary>The Platform API of fal by the document that was written here, and by fal's own: the same code compiles with both, and works.</summary>
public class FalPlatformDocumentTests
{
    private const string Ours = "fal-platform.json, ours";
    private const string Theirs = "fal-platform.json, of fal";

    private const string Code = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Demo.Models;
        internal static class Calls
        {
            public static async Task<string> All(FalPlatformClient platform)
            {
                var seen = new List<string>();
                await foreach (var model in platform.EnumerateModelsAsync(new() { Q = "kling", Limit = 1 }))
                    seen.Add(model.EndpointId);
                await foreach (var key in platform.EnumerateApiKeysAsync())
                    seen.Add(key.Alias);
                await foreach (var page in platform.EnumerateUsagePagesAsync(new() { Timezone = "UTC" }))
                    seen.Add(page.TimeSeries![0].Results[0].CostTotal.ToString());
                seen.Add((await platform.GetAccountBillingAsync()).Username);
                await foreach (var workflow in platform.EnumerateWorkflowsAsync(new() { Search = "a b" }))
                    seen.Add(workflow.Title);
                return string.Join(" ", seen);
            }
        }
        """;

    public static TheoryData<string> Documents => [Ours, Theirs];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_same_code_works_with_both_documents(string document)
    {
        var path = document == Ours
            ? Repository.PathOf("specs", "fal-platform", "fal-platform.json")
            : TestFiles.Corpus("openapi").Single(file => Path.GetFileName(file) == "fal-platform.json");
        var assembly = new Project([new Spec("specs/fal-platform.json", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))], code: Code)
            .Run().Load();
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"models": [{"endpoint_id": "m1"}], "next_cursor": "Mg==", "has_more": true}"""),
            FakeServer.Reply(200, """{"models": [{"endpoint_id": "m2"}], "next_cursor": null, "has_more": false}"""),
            FakeServer.Reply(200, """
                {"keys": [{"key_id": "k", "alias": "ci", "scope": "API", "created_at": "2026-01-01T00:00:00Z"}], "next_cursor": null, "has_more": false}
                """),
            FakeServer.Reply(200, """
                {"time_series": [{"bucket": "2026-01-01", "results": [{"endpoint_id": "m1", "cost_total": 1.5}]}], "next_cursor": null, "has_more": false}
                """),
            FakeServer.Reply(200, """{"username": "ann"}"""),
            FakeServer.Reply(200, """{"workflows": [{"title": "Mine"}], "next_cursor": null, "has_more": false}"""));
        using var client = (ApiClient)Activator.CreateInstance(
            assembly.GetType("Demo.Models.FalPlatformClient", throwOnError: true)!, new ApiClientOptions { BaseUrl = server.Url, ApiKey = "id:secret" })!;

        var seen = await (Task<string>)assembly.GetType("Calls")!.GetMethod("All")!.Invoke(null, [client])!;

        Assert.Equal("m1 m2 ci 1.5 ann Mine", seen);
        Assert.Equal(
            [
                "/models?limit=1&q=kling", "/models?limit=1&q=kling&cursor=Mg%3D%3D", "/keys", "/models/usage?timezone=UTC", "/account/billing",
                "/workflows?search=a%20b",
            ],
            server.Requests.Select(request => request.Split(' ')[1]));
        Assert.All(server.Requests, request => Assert.Contains("Authorization: Key id:secret\r\n", request, StringComparison.Ordinal));
    }
}
