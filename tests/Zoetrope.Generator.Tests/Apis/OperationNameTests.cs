namespace Zoetrope.Generator.Tests;

/// <summary>The names of operations whose ids are missing, or say too little.</summary>
public class OperationNameTests
{
    [Fact]
    public void Ids_that_repeat_are_led_by_their_tags()
    {
        var generated = Run(
            ("GET /v1/projects", "list", "manage > v1 > projects"), ("GET /v1/projects/{id}/keys", "list", "manage > v1 > projects > keys"),
            ("DELETE /v1/projects/{id}/keys/{key}", "delete", "manage > v1 > projects > keys"), ("GET /v1/models", "list", "models"));

        Assert.Equal(["DeleteAsync", "ManageV1ProjectsKeysListAsync", "ManageV1ProjectsListAsync", "ModelsListAsync"], Names(generated));
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0132");
    }

    [Fact]
    public void Where_tags_do_not_tell_paths_do()
    {
        var generated = Run(
            ("POST /v1/pronunciation-dictionaries/add-from-file", "Add_a_pronunciation_dictionary", "Dictionaries"),
            ("POST /v1/pronunciation-dictionaries/add-from-rules", "Add_a_pronunciation_dictionary", "Dictionaries"),
            ("GET /v1/teams/{id}/members", "members", "Members"), ("GET /v1/users/{id}/members", "members", "Members"), ("GET /v1/members", "members", "Other"));

        Assert.Equal(
            [
                "AddAPronunciationDictionaryFileAsync",
                "AddAPronunciationDictionaryRulesAsync",
                "MembersMembersTeamsAsync",
                "MembersMembersUsersAsync",
                "OtherMembersAsync"
            ], Names(generated));
    }

    /// <summary>The second one needs another name; the first can keep its own.</summary>
    [Fact]
    public void The_shorter_path_keeps_the_name()
    {
        var generated = Run(("GET /models", "getModels", ""), ("GET /models/all", "getModels", ""));

        Assert.Equal(["GetModelsAllAsync", "GetModelsAsync"], Names(generated));
        Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0132");
    }

    [Fact]
    public void Methods_of_one_path_are_called_after_method_and_path()
    {
        Assert.Equal(["GetThingsAsync", "PostThingsAsync"], Names(Run(("GET /v1/things", "things", ""), ("POST /v1/things", "things", ""))));
    }

    [Theory]
    [InlineData("pulls/merge", "pulls/merge-async", "PullsMergeAsync", "PullsMergeAsyncAsync")]
    [InlineData("run", "runAsync", "RunAsync", "RunAsyncAsync")]
    [InlineData("start", "runAsync", "RunAsync", "StartAsync")]
    public void Async_that_distinguishes_two_ids_stays(string one, string two, string first, string second)
    {
        var generated = Run(("PUT /a", one, ""), ("PUT /b", two, ""));

        Assert.Equal([first, second], Names(generated));
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0132");
        Assert.Equal([first, second], Names(Run(("PUT /b", two, ""), ("PUT /a", one, ""))));
    }

    [Fact]
    public void A_version_that_all_paths_share_is_not_said()
    {
        Assert.Equal(["GetTasksByIdAsync", "PostImageToVideoAsync"], Names(Run(("POST /v1/image_to_video", null, ""), ("GET /v1/tasks/{id}", null, ""))));
        Assert.Equal(["GetV2TasksByIdAsync", "PostV1ImageToVideoAsync"], Names(Run(("POST /v1/image_to_video", null, ""), ("GET /v2/tasks/{id}", null, ""))));
        Assert.Equal(
            ["GetTasksByIdAsync", "PostImageToVideoAsync"],
            Names(Run(("POST /api/v1beta/image_to_video", null, ""), ("GET /api/v1beta/tasks/{id}", null, ""))));
        Assert.Equal(["GetAsync", "GetTasksAsync"], Names(Run(("GET /v1", null, ""), ("GET /v1/tasks", null, ""))));
    }

    [Fact]
    public void Locked_names_stay_and_the_others_go_round_them()
    {
        var locked = new Spec("specs.lock.json", """{"names": {"api:api.demo.example/demo-api#/GET ~1teams": "List"}}""");
        var generated = new Project([ApiDocuments.Of(Paths(("GET /teams", "list", "teams"), ("GET /users", "list", "users"))), locked]).Run();

        Assert.Empty(generated.Errors());
        Assert.Equal(["ListAsync", "UsersListAsync"], Names(generated));
    }

    [Fact]
    public void A_name_that_a_tag_gives_and_another_has_is_not_taken_from_it()
    {
        var generated = Run(("GET /a", "list", "users"), ("GET /b", "list", "teams"), ("GET /c", "usersList", "users"));

        Assert.Equal(["GetAAsync", "TeamsListAsync", "UsersListAsync"], Names(generated));
    }

    private static Generated Run(params (string Operation, string? Id, string Tag)[] operations)
    {
        var generated = new Project([ApiDocuments.Of(Paths(operations))]).Run();
        Assert.Empty(generated.Errors());
        return generated;
    }

    private static string Paths(params (string Operation, string? Id, string Tag)[] operations) =>
        string.Join(",", operations.GroupBy(one => one.Operation.Split(' ')[1]).Select(path =>
        Documents.Quote(path.Key) + ": {" + string.Join(",", path.Select(one => $$"""
            "{{one.Operation.Split(' ')[0].ToLowerInvariant()}}": { {{(one.Id is null ? "" : $"\"operationId\": {Documents.Quote(one.Id)},")}} "tags": [{{(one.Tag.Length == 0 ? "" : Documents.Quote(one.Tag))}}],
              "parameters": [{{string.Join(",", path.Key.Split('{').Skip(1).Select(part => $$"""{"name": "{{part.Split('}')[0]}}", "in": "path", "required": true, "schema": {"type": "string"} }"""))}}],
              "responses": {"204": {"description": ""} } }
            """)) + "}"));

    private static List<string> Names(Generated generated) => [.. generated.Load().GetType("Demo.Models.DemoClient", throwOnError: true)!
        .GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Order(StringComparer.Ordinal)];
}
