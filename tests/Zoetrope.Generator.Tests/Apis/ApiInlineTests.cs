using System.Reflection;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Model;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>What operations describe each for itself and mean the same is one type.</summary>
public class ApiInlineTests
{
    private const string Owner = """{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}""";

    private const string Project = $$$"""
        {"type": "object", "required": ["id", "name"], "properties": {
          "id": {"type": "string"}, "name": {"type": "string", "maxLength": 5}, "state": {"type": "string", "enum": ["active", "paused"]},
          "owner": {{{Owner}}},
          "source": {"oneOf": [
            {"type": "object", "required": ["kind", "url"], "properties": {"kind": {"type": "string", "enum": ["git"]}, "url": {"type": "string"} } },
            {"type": "object", "required": ["kind", "path"], "properties": {"kind": {"type": "string", "enum": ["disk"]}, "path": {"type": "string"} } }]},
          "tags": {"type": "array", "items": {"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}, "value": {"type": "string"} } } } } }
        """;

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of($$"""
            {{Operation("/projects", "get", "listProjects", result: $$$"""{"type": "object", "properties": {"items": {"type": "array", "items": {{{Project}}} } } }""")}},
            {{Operation("/project", "get", "getProject", result: Project)}},
            {{Operation("/made", "post", "createProject", Project, Project)}},
            {{Operation("/changed", "post", "updateProject", Project, Project)}},
            {{Operation("/strict", "post", "checkProject", Project.Replace("5", "4"), Owner)}}
            """),
        """
            private static Models.ProjectInput Body(string name) => new()
            {
                Id = "1", Name = name, State = Models.State.Active, Owner = new() { Id = "o" }, Source = new Models.DiskSource { Path = "/x" }, Tags = [new() { Key = "k" }],
            };
            public static async Task<string> Shared(DemoClient demo)
            {
                Models.ProjectInput body = Body("a");
                Models.Project project = await demo.CreateProjectAsync(body);
                project = await demo.UpdateProjectAsync(body);
                project = await demo.GetProjectAsync();
                Models.ListProjects.Result list = await demo.ListProjectsAsync();
                project = list.Items![0];
                Models.State? state = project.State;
                return project.Owner!.Id + state + (project.Source!.Value.TryGetProjectGitSource(out Models.ProjectGitSource? git) ? git.Url : "?") + project.Tags![0].Key;
            }
            public static async Task<string> TooLong(DemoClient demo) { await demo.UpdateProjectAsync(Body("123456")); return "sent"; }
            public static async Task<string> Strict(DemoClient demo)
            {
                Models.ProjectInput longer = Body("12345");
                await demo.CheckProjectAsync(new() { Id = longer.Id, Name = longer.Name, Owner = longer.Owner, Source = longer.Source, Tags = longer.Tags, State = longer.State });
                return "sent";
            }
            public static async Task<string> Least(DemoClient demo) => (await demo.CheckProjectAsync(new Models.CheckProject.Body { Id = "1", Name = "1234" })).Id;
        """.Replace("Models.", "global::Demo.Models.Demo.", StringComparison.Ordinal));

    [Fact]
    public async Task Results_bodies_and_what_is_in_them_are_shared()
    {
        const string Json = """{"id":"1","name":"n","state":"paused","owner":{"id":"o"},"source":{"kind":"git","url":"u"},"tags":[{"key":"k"}]}""";
        await using var server = new FakeServer(
            FakeServer.Reply(200, Json),
            FakeServer.Reply(200, Json),
            FakeServer.Reply(200, Json),
            FakeServer.Reply(200, $$"""{"items":[{{Json}}]}"""));

        Assert.Equal("opausedu" + "k", await _calls.RunAsync(server, "Shared"));

        Assert.EndsWith(
            """{"id":"1","name":"a","state":"active","owner":{"id":"o"},"source":{"kind":"disk","path":"/x"},"tags":[{"key":"k"}]}""",
            server.Requests[1],
            StringComparison.Ordinal);
        Assert.Empty(_calls.Generated.Diagnostics);
    }

    [Fact]
    public async Task A_shared_body_is_validated_and_one_with_another_limit_is_a_type_of_its_own()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"id":"o"}"""));

        var one = await Assert.ThrowsAsync<RequestValidationException>(() => _calls.RunAsync(server, "TooLong"));
        var other = await Assert.ThrowsAsync<RequestValidationException>(() => _calls.RunAsync(server, "Strict"));

        Assert.Contains("at most 5", one.Message, StringComparison.Ordinal);
        Assert.Contains("at most 4", other.Message, StringComparison.Ordinal);
        Assert.Equal("o", await _calls.RunAsync(server, "Least"));
    }

    /// <summary>What of a second description makes it another type, and what does not.</summary>
    [Theory]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"description\": \"Other words.\"", true)]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"title\": \"Another\"", true)]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"example\": {\"id\": \"x\"}", true)]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"nullable\": true", true)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"description\": \"How many.\", \"example\": 3}", true)]
    [InlineData("[\"small\", \"large\"]", "[\"small\", \"large\"], \"description\": \"How large.\"", true)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"minimum\": 1}", false)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"default\": 1}", false)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"nullable\": true}", false)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"readOnly\": true}", false)]
    [InlineData("{\"type\": \"integer\"}", "{\"type\": \"number\"}", false)]
    [InlineData("\"required\": [\"id\"]", "\"required\": [\"id\", \"count\"]", false)]
    [InlineData("\"count\"", "\"counts\"", false)]
    [InlineData("\"small\", \"large\"", "\"small\", \"huge\"", false)]
    [InlineData("\"pattern\": \"^a\"", "\"pattern\": \"^b\"", false)]
    [InlineData("\"maxItems\": 2", "\"maxItems\": 3", false)]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"additionalProperties\": false", false)]
    public void A_difference_that_changes_no_code_shares_and_any_other_does_not(string part, string other, bool isShared)
    {
        const string Thing = """
            {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "pattern": "^a"}, "count": {"type": "integer"}, "names": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
              "size": {"type": "string", "enum": ["small", "large"]}, "flag": {"type": "boolean"}}}
            """;
        var at = Thing.IndexOf(part, StringComparison.Ordinal);
        var second = string.Concat(Thing.AsSpan(0, at), other, Thing.AsSpan(at + part.Length));

        var assembly =
            Load(ApiDocuments.Of($$"""{{Operation("/a", "post", "makeThing", Thing, "{}")}}, {{Operation("/b", "post", "checkThing", second, "{}")}}"""));

        var types = new[] { "MakeThingAsync", "CheckThingAsync" }.Select(method => Method(assembly, method).GetParameters()[0].ParameterType).ToList();
        Assert.Equal(isShared, types[0] == types[1]);
        Assert.Equal(isShared ? "Demo.Thing" : "Demo.MakeThing.Body", NameOf(types[0]));
    }

    [Fact]
    public void Words_stay_where_none_contradicts()
    {
        static string Thing(string words) =>
            """{"type": "object", "properties": {"id": {"type": "string"PLACE}, "name": {"type": "string", "description": "Its name."}, "a": {"type": "integer"}, "b": {"type": "integer"}}}"""
            .Replace("PLACE", words);
        var one = Operation("/a", "get", "getThing", result: Thing(", \"description\": \"The id.\""));
        var two = Operation("/b", "get", "findThing", result: Thing(", \"description\": \"What it is found by.\""));
        var three = Operation("/b", "get", "findThing", result: Thing(""));

        var (contradicting, silent) = (Shared(one, two), Shared(one, three));

        Assert.Contains("Its name.", contradicting, StringComparison.Ordinal);
        Assert.DoesNotContain("The id.", contradicting, StringComparison.Ordinal);
        Assert.DoesNotContain("found by", contradicting, StringComparison.Ordinal);
        Assert.Contains("The id.", silent, StringComparison.Ordinal);

        static string Shared(string first, string second) => new Project([ApiDocuments.Of(first + "," + second)]).Run().Source("Demo.Models.Demo.g.cs");
    }

    [Fact]
    public void Small_types_are_one_only_where_they_are_called_the_same()
    {
        const string Both =
            """{"type": "object", "properties": {"FIRST": {"type": "object", "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}}, "more": {"type": "integer"}, "NAME": {"type": "string"}}}""";

        var assembly = Load(ApiDocuments.Of($$"""
            {{Operation("/a", "get", "one", result: Both.Replace("FIRST", "size").Replace("NAME", "x"))}}, {{Operation("/b", "get", "two", result: Both.Replace("FIRST", "size").Replace("NAME", "y"))}},
            {{Operation("/c", "get", "three", result: Both.Replace("FIRST", "screen").Replace("NAME", "z"))}}
            """));

        Assert.Equal(["Demo.Size", "Demo.Size", "Demo.Three.Screen"], new[] { ("One", "Size"), ("Two", "Size"), ("Three", "Screen") }.Select(
            one => NameOf(Result(assembly, one.Item1).GetProperty(one.Item2)!.PropertyType)));
    }

    [Fact]
    public void Named_schemas_that_lead_back_to_themselves_can_be_in_what_is_shared()
    {
        const string Tree =
            """{"type": "object", "properties": {"root": {"$ref": "#/components/schemas/Node"}, "first": {"type": "object", "properties": {"node": {"$ref": "#/components/schemas/Node"}, "at": {"type": "integer"}}}, "a": {"type": "integer"}, "b": {"type": "integer"}, "c": {"type": "integer"}, "d": {"type": "integer"}}}""";
        const string Node =
            """ "Node": {"type": "object", "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}}""";

        var assembly =
            Load(ApiDocuments.Of($$"""{{Operation("/a", "get", "getTree", result: Tree)}}, {{Operation("/b", "get", "copyTree", result: Tree)}}""", Node));

        Assert.Equal(["Demo.Tree", "Demo.Tree"], new[] { "GetTree", "CopyTree" }.Select(one => NameOf(Result(assembly, one))));
        const string Json = """{"root":{"name":"a","children":[{"name":"b","children":[]}]},"first":{"node":{"name":"c"},"at":1}}""";
        Assert.Equal(Json, Generated.RoundTrip(assembly, "Demo.Models.Demo+Tree", Json));
    }

    [Fact]
    public void What_leads_back_to_itself_without_a_name_is_shared_and_survives()
    {
        const string Tree =
            """{"type": "object", "properties": {"name": {"type": "string"}, "count": {"type": "integer"}, "a": {"type": "integer"}, "b": {"type": "integer"}, "c": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema"}}}}""";

        var assembly = Load(ApiDocuments.Of($$"""{{Operation("/a", "get", "getTree", result: Tree)}}, {{Operation("/b", "get", "copyTree", result: Tree)}}"""));

        var type = Result(assembly, "GetTree").FullName!;
        const string Json = """{"name":"a","children":[{"name":"b","children":[{"count":1}]}]}""";
        Assert.Equal(Json, Generated.RoundTrip(assembly, type, Json));
    }

    [Fact]
    public void Names_do_not_depend_on_the_order_of_operations()
    {
        string[] operations =
        [
            Operation(
                "/a",
                "post",
                "createProject",
                Project,
                Project), Operation("/b", "get", "getProject", result: Project), Operation("/c", "get", "getOwner", result: Owner),
            Operation(
                "/d",
                "post",
                "moveProject",
                $$$"""{"type": "object", "properties": {"owner": {{{Owner.Replace("email", "mail")}}}, "to": {"type": "string"} } }""",
                Owner),
            Operation(
                "/e",
                "post",
                "giveProject",
                $$$"""{"type": "object", "properties": {"owner": {{{Owner.Replace("email", "mail")}}}, "by": {"type": "string"} } }""",
                Owner),
        ];

        var one = new Project([ApiDocuments.Of(string.Join(",", operations))]).Run();
        var other = new Project([ApiDocuments.Of(string.Join(",", operations.Reverse()))]).Run();

        Assert.Equal(NamesIn(one.Load()), NamesIn(other.Load()));
        Assert.Contains("Demo.Owner", NamesIn(one.Load()));
    }

    [Fact]
    public void A_further_use_renames_nothing_that_is_shared()
    {
        var two = $$"""{{Operation("/a", "post", "createProject", Project, Project)}}, {{Operation("/b", "post", "updateProject", Project, Project)}}""";
        var three = $$"""{{Operation("/0", "get", "findAnything", result: Project)}}, {{two}}, {{Operation("/c", "post", "sendIt", Project, Owner)}}""";

        var (before, after) = (NamesIn(Load(ApiDocuments.Of(two))), NamesIn(Load(ApiDocuments.Of(three))));

        Assert.Contains("Demo.Project", before);
        Assert.Empty(before.Except(after));
    }

    [Fact]
    public void Locked_names_stay_when_operations_are_added()
    {
        var one = Operation("/b", "get", "getProject", result: Project);
        var two = one + "," + Operation("/a", "get", "findProject", result: Project) + "," + Operation("/c", "get", "copyProject", result: Project);
        var three = Operation("/0", "get", "oldestItem", result: Project)
            + ","
            + Operation("/1", "get", "newestItem", result: Project)
            + ","
            + Operation("/2", "get", "anyItem", result: Project)
            + ","
            + two;
        var (first, second, third) = (ApiDocuments.Of(one), ApiDocuments.Of(two), ApiDocuments.Of(three));

        var own = Load(second, Lock(first));
        var shared = Load(third, Lock(second, Lock(first)));

        // What was the operation's own stays so; what is new is shared.
        Assert.Equal(
            ["Demo.GetProject.Result", "Demo.Project", "Demo.Project"],
            new[] { "GetProject", "FindProject", "CopyProject" }.Select(one => NameOf(Result(own, one))));
        Assert.Empty(NamesIn(own).Except(NamesIn(shared)));
        Assert.Equal("Demo.Project", NameOf(Result(shared, "NewestItem")));
    }

    [Fact]
    public void A_shared_type_and_its_members_can_be_named_in_the_lock()
    {
        var document =
            ApiDocuments.Of($$"""{{Operation("/a", "get", "getProject", result: Project)}}, {{Operation("/b", "get", "findProject", result: Project)}}""");
        var names = Lock(document);
        Assert.Contains("\"api:api.demo.example/demo-api#/$shared GET ~1a$result\": \"Project\"", names.Text, StringComparison.Ordinal);

        var assembly = Load(document, names with
        {
            Text = names.Text.Replace("$result\": \"Project\"", "$result\": \"Plan\"").Replace("$result/name\": \"Name\"", "$result/name\": \"Label\""),
        });

        Assert.Equal("Demo.Plan", NameOf(Result(assembly, "FindProject")));
        Assert.NotNull(Result(assembly, "GetProject").GetProperty("Label"));
    }

    [Fact]
    public void One_response_in_several_forms_is_the_operations_own()
    {
        const string Content = $$$""" "content": {"application/json": {"schema": {{{Project}}} } }""";
        var document = ApiDocuments.Of(
            $$$""" "/a": {"post": {"operationId": "makeProject", "responses": {"200": {"description": "", {{{Content}}} }, "201": {"description": "", {{{Content}}} } } } }""");

        Assert.Equal("Demo.MakeProject.Result", NameOf(Result(Load(document), "MakeProject")));
    }

    [Fact]
    public void An_edit_of_one_operation_leaves_the_files_of_the_others()
    {
        var spec = ApiDocuments.Of(
            $$"""{{Operation("/a", "get", "getProject", result: Project)}}, {{Operation("/b", "get", "findProject", result: Project)}}, {{Operation("/c", "post", "checkOwner", Owner.Replace("email", "mail"), "{}")}}""");
        var project = new Project([spec]);

        var rerun = Rerun.Of(
            project,
            driver => driver.ReplaceAdditionalText(project.Texts[0], new SpecText(spec with { Text = spec.Text.Replace("\"mail\"", "\"post\"") })));

        Assert.Equal(["Demo.Models.Demo.CheckOwner.g.cs"], rerun.Files);
    }

    private static string Operation(string path, string method, string id, string? body = null, string result = "{}")
    {
        var sent = body is null ? "" : $$$""" "requestBody": {"required": true, "content": {"application/json": {"schema": {{{body}}} } } },""";
        return $$$""" "{{{path}}}": {"{{{method}}}": {"operationId": "{{{id}}}", {{{sent}}} "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{{result}}} } } } } } }""";
    }

    private static Assembly Load(params Spec[] specs) => new Project(specs).Run().Load();

    private static Spec Lock(Spec document, Spec? before = null)
    {
        var documents = new Dictionary<string, SpecDocument> { [document.Path] = SpecReader.Read(document.Text).Document! };
        if (before is not null)
            documents[before.Path] = SpecReader.Read(before.Text).Document!;
        return new("specs/specs.lock.json", LockWriter.Write(new SpecLock(default, new([.. NameAssignments.Of(documents)]))));
    }

    private static MethodInfo Method(Assembly assembly, string name) => assembly.GetType("Demo.Models.DemoClient", throwOnError: true)!.GetMethod(name)!;

    private static Type Result(Assembly assembly, string operation) => Method(assembly, operation + "Async").ReturnType.GetGenericArguments()[0];

    private static string NameOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type).FullName!["Demo.Models.".Length..].Replace('+', '.');

    private static List<string> NamesIn(Assembly assembly) => [.. assembly.GetExportedTypes().Select(NameOf).Order(StringComparer.Ordinal)];
}
