using System.Reflection;
using System.Text;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;

namespace Zoetrope.Generator.Tests;

/// <summary>Types that operations share without a name keep the names that the lock file has, whatever becomes of their uses.</summary>
public class ApiInlineLockTests
{
    private const string Owner = """{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}""";

    private const string Thing = $$$"""
        {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}, "d": {"type": "string"},
          "owner": {{{Owner}}}, "size": {"type": "object", "properties": {"width": {"type": "integer"} } } } }
        """;

    private static readonly string _more = Thing.Replace("\"a\": {", "\"more\": {\"type\": \"string\"}, \"a\": {", StringComparison.Ordinal);

    [Theory]
    [InlineData("GetA")]
    [InlineData("GetB")]
    [InlineData("GetC")]
    public void A_use_that_is_removed_renames_nothing(string removed)
    {
        string[] names = ["GetA", "GetB", "GetC"];
        var lockFile = Lock([Document(names.ToDictionary(name => name, _ => Thing))]);
        var before = Load(Document(names.ToDictionary(name => name, _ => Thing)), lockFile);

        var left = names.Where(name => name != removed).ToList();
        var document = Document(left.ToDictionary(name => name, _ => Thing));
        var after = Load(document, lockFile);
        var last = Load(Document(new() { [left[1]] = Thing }), Lock([document], lockFile));

        Assert.All(left, name => Assert.Equal(Names(before, name), Names(after, name)));
        Assert.Equal(Names(before, left[1]), Names(last, left[1]));
        Assert.DoesNotContain(".", Names(before, "GetA")[0]["Demo.".Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetA")]
    [InlineData("GetB")]
    public void A_use_that_changes_leaves_the_name_to_those_that_do_not(string changed)
    {
        string[] names = ["GetA", "GetB"];
        var first = Document(names.ToDictionary(name => name, _ => Thing));
        var lockFile = Lock([first]);
        var other = names.Single(name => name != changed);
        var second = Document(names.ToDictionary(name => name, name => name == changed ? _more : Thing));

        var (before, after) = (Load(first, lockFile), Load(second, lockFile));
        var again = Load(second, Lock([second], lockFile));

        Assert.Equal(Names(before, other), Names(after, other));
        Assert.Equal($"Demo.{changed}.Result", Names(after, changed)[0]);
        Assert.All(names, name => Assert.Equal(Names(after, name), Names(again, name)));
    }

    [Fact]
    public void Uses_that_part_in_two_pairs_stay_as_they_are_named_then()
    {
        string[] names = ["GetA", "GetB", "GetC", "GetD"];
        var first = Document(names.ToDictionary(name => name, _ => Thing));
        var parted = Document(names.ToDictionary(name => name, name => name is "GetA" or "GetC" ? _more : Thing));
        var lockFile = Lock([first]);
        var after = Load(parted, lockFile);

        var parts = Lock([parted], lockFile);
        var again = Load(parted, parts);
        var fewer = Load(Document(new() { ["GetC"] = _more, ["GetD"] = Thing }), Lock([parted], parts));

        Assert.Equal(Names(Load(first), "GetB"), Names(after, "GetB"));
        Assert.NotEqual(Names(after, "GetA")[0], Names(after, "GetB")[0]);
        Assert.All(names, name => Assert.Equal(Names(after, name), Names(again, name)));
        Assert.All(["GetC", "GetD"], name => Assert.Equal(Names(after, name), Names(fewer, name)));
    }

    [Fact]
    public void A_member_that_all_uses_have_now_renames_nothing()
    {
        var first = Document(new() { ["GetA"] = Thing, ["GetB"] = Thing });

        var after = Load(Document(new() { ["GetA"] = _more, ["GetB"] = _more }), Lock([first]));

        Assert.Equal(Names(Load(first), "GetA"), Names(after, "GetB"));
    }

    [Fact]
    public void A_type_inside_a_shared_one_stays_inside_when_it_is_used_elsewhere()
    {
        var first = Document(new() { ["GetA"] = Thing, ["GetB"] = Thing });
        var second = Document(new() { ["GetA"] = Thing, ["GetB"] = Thing, ["GetC"] = $$$"""{"type": "object", "properties": {"owner": {{{Owner}}} } }""" });
        var lockFile = Lock([first]);

        var after = Load(second, lockFile);

        Assert.Equal(Names(Load(first), "GetA"), Names(after, "GetA"));
        Assert.Equal(Names(after, "GetC"), Names(Load(second, Lock([second], lockFile)), "GetC"));
    }

    [Fact]
    public void A_new_schema_gives_way_to_a_shared_name_of_the_lock()
    {
        const string Schemas = """ "Project": {"type": "object", "properties": {"title": {"type": "string"}}}""";
        var first = Document(new() { ["GetProject"] = Thing, ["UpdateProject"] = Thing });
        var second =
            Document(new() { ["GetProject"] = Thing, ["UpdateProject"] = Thing, ["GetOther"] = """{"$ref": "#/components/schemas/Project"}""" }, Schemas);

        var lockFile = Lock([first]);
        var after = Load(second, lockFile);
        var again = Load(second, Lock([second], lockFile));

        Assert.Equal(["Demo.Project", "Demo.Project"], new[] { "GetProject", "UpdateProject" }.Select(name => Names(after, name)[0]));
        Assert.NotEqual("Demo.Project", Names(after, "GetOther")[0]);
        Assert.Equal(Names(after, "GetOther"), Names(again, "GetOther"));
    }

    [Fact]
    public void Names_inside_shared_types_do_not_depend_on_the_order_of_paths()
    {
        const string Part =
            """{"type": "object", "properties": {"x": {"type": "integer"}, "owner": OWNER, "y": {"type": "integer"}, "z": {"type": "integer"}, "v": {"type": "integer"}, "w": {"type": "integer"}}}""";
        var one = $$$"""{"type": "object", "properties": {"left": {{{Part.Replace("OWNER", Owner, StringComparison.Ordinal)}}}, "k": {"type": "integer"} } }""";
        var other = one.Replace("left", "right", StringComparison.Ordinal).Replace("\"k\"", "\"j\"", StringComparison.Ordinal);
        (string, string)[] paths = [("GetA", one), ("GetB", other), ("GetC", $$$"""{"type": "object", "properties": {"owner": {{{Owner}}} } }""")];

        var (forth, back) = (Load(Ordered(paths)), Load(Ordered([.. paths.Reverse()])));

        Assert.Equal(All(forth), All(back));
    }

    [Fact]
    public void What_an_error_has_too_is_called_after_the_result()
    {
        var content = $$$"""{"description": "", "content": {"application/json": {"schema": {{{Thing}}} } } }""";
        var document = ApiDocuments.Of($$$""" "/b": {"get": {"operationId": "getBook", "responses": {"200": {{{content}}}, "404": {{{content}}} } } }""");

        Assert.Equal("Demo.Book", Names(Load(document), "GetBook")[0]);
    }

    private static Spec Document(Dictionary<string, string> results, string schemas = "") => Ordered([.. results.Select(one => (one.Key, one.Value))], schemas);

    private static Spec Ordered((string Name, string Schema)[] results, string schemas = "")
    {
        var text = new StringBuilder();
        foreach (var (name, schema) in results)
            text
                .Append(text.Length > 0 ? "," : "")
                .Append($$$""" "/{{{name}}}": {"get": {"operationId": "{{{name}}}", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{{schema}}} } } } } } }""");
        return schemas.Length == 0 ? ApiDocuments.Of(text.ToString()) : ApiDocuments.Of(text.ToString(), schemas);
    }

    private static Spec Lock(Spec[] documents, Spec? before = null) => new("specs/specs.lock.json", LockWriter.Write(LockUpdates.Of(
        before is null ? null : SpecReader.Read(before.Text).Document!.Lock,
        [
            .. documents.Select(document => new VendoredFile(document.Path, new string('0', 64), SpecReader.Read(document.Text).Document))
        ], _ => "test", "2026-01-01")));

    private static Assembly Load(params Spec[] specs) => new Project(specs).Run().Load();

    /// <summary>The names of what an operation gives, and of the types of its members.</summary>
    private static List<string> Names(Assembly assembly, string operation)
    {
        var result = assembly.GetType("Demo.Models.DemoClient", throwOnError: true)!.GetMethod(operation + "Async")!.ReturnType.GetGenericArguments()[0];
        return [NameOf(result), .. result.GetProperties().Select(property => property.PropertyType).Where(type => type.Assembly == assembly).Select(NameOf)];
    }

    private static List<string> All(Assembly assembly) => [.. assembly.GetExportedTypes().Select(NameOf).Order(StringComparer.Ordinal)];

    private static string NameOf(Type type) => type.FullName!["Demo.Models.".Length..].Replace('+', '.');
}
