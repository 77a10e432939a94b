using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// A document of one's own beside a packaged model of the same endpoint: the own one is what the client has, and nothing that a package gains breaks a build.
/// </summary>
public class OwnModelTests
{
    private const string Name = "KlingVideoO3ProImageToVideo";

    [Fact]
    public void The_own_model_is_the_one_on_the_client()
    {
        var code = $$"""
            using Demo.Models;
            using Zoetrope.Clients;
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;
            internal static class Use
            {
                public static ModelClient<Demo.Models.{{Name}}.Request, Demo.Models.{{Name}}.Result> Own(FalClient fal) => fal.{{Name}};
                public static string Where(FalClient fal) => fal.{{Name}}.GetType().GetGenericArguments()[0].Assembly.GetName().Name!;
            }
            """;

        var assembly = new Project([TestFiles.FalOpenApi], code: code).Run().Load();

        using var fal = new Fal.FalClient(new() { ApiKey = "k" });
        Assert.Equal("Demo", assembly.GetType("Use")!.GetMethod("Where")!.Invoke(null, [fal]));
    }

    [Fact]
    public void Without_one_the_packaged_model_is()
    {
        var code = $$"""
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;
            internal static class Use
            {
                public static object Packaged(FalClient fal) => fal.{{Name}};
            }
            """;

        Assert.Empty(new Project([Documents.FalOpenApi("fal-ai/other", "{}")], code: code).Run().Errors());
    }

    [Fact]
    public void Both_providers_packages_give_way()
    {
        var code = """
            using Demo.Models;
            using Zoetrope.Clients;
            using Zoetrope.Eachlabs;
            using Zoetrope.Eachlabs.Models;
            internal static class Use
            {
                public static ModelClient<Demo.Models.KlingO3ProImageToVideo.Request, Demo.Models.KlingO3ProImageToVideo.Result> Own(EachlabsClient client) => client.KlingO3ProImageToVideo;
            }
            """;

        Assert.Empty(new Project([TestFiles.EachlabsPage], code: code).Run().Errors());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp14, "extension<TClient>(TClient client) where TClient : global::Zoetrope.Fal.FalClient")]
    [InlineData(LanguageVersion.CSharp13, "<TClient>(this TClient client) where TClient : global::Zoetrope.Fal.FalClient")]
    public void A_library_of_models_can_give_way_too(LanguageVersion version, string member)
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/other", "{}")], version, properties: ("ZoetropeOverridable", "true")).Run();

        Assert.Contains(member, generated.Source("Demo.Models.Other.g.cs"));
        Assert.Empty(generated.Errors());
    }

    [Theory]
    [InlineData("using Demo.Models; using Zoetrope.Fal.Models;", LanguageVersion.CSharp14)]
    [InlineData("using Zoetrope.Fal.Models;", LanguageVersion.CSharp14)]
    [InlineData("using Demo.Models; using Zoetrope.Fal.Models;", LanguageVersion.CSharp13)]
    public void Its_type_is_meant_by_the_name_alone(string usings, LanguageVersion version)
    {
        var code = $$"""
            {{usings}}
            using Zoetrope.Clients;
            using Zoetrope.Fal;
            namespace Some.Other;
            internal static class Use
            {
                public static string Prompt() { {{Name}}.Request request = new() { ImageUrl = "https://host/a.png", Prompt = "own" }; return Of(request); }
                private static string Of(Demo.Models.{{Name}}.Request request) => request.Prompt!;
                public static ModelClient<{{Name}}.Request, Demo.Models.{{Name}}.Result> Own(FalClient fal) => fal.{{(version < LanguageVersion.CSharp14 ? Name + "()" : Name)}};
                public static System.Type Packaged() => typeof(Zoetrope.Fal.Models.{{Name}});
            }
            """;

        var assembly = new Project([TestFiles.FalOpenApi], version, code: code).Run().Load();

        Assert.Equal("own", assembly.GetType("Some.Other.Use")!.GetMethod("Prompt")!.Invoke(null, null));
    }

    [Theory]
    [InlineData($"using {Name} = Zoetrope.Fal.Models.{Name};", "Zoetrope.Fal.Models")]
    [InlineData($"using {Name} = Demo.Models.{Name};", "Demo.Models")]
    [InlineData($"global using {Name} = Demo.Models.{Name};", "Demo.Models")]
    public void An_alias_of_ones_own_stays(string alias, string expected)
    {
        var code = $$"""
            {{alias}}
            internal static class Use { public static {{expected}}.{{Name}}.Request Same({{Name}}.Request request) => request; }
            """;

        Assert.Empty(new Project([TestFiles.FalOpenApi], code: code).Run().Errors());
    }

    [Fact]
    public void A_name_that_a_type_without_a_namespace_has_stays_that_ones()
    {
        var code =
            $$"""internal static class {{Name}} { public static int Mine => 1; } internal static class Use { public static int One => {{Name}}.Mine; }""";

        Assert.Empty(new Project([TestFiles.FalOpenApi], code: code).Run().Errors());
    }

    [Theory]
    [InlineData($"public static class {Name} {{ public static int Mine => 1; }}", $"{Name}.Mine")]
    [InlineData($"namespace {Name} {{ public static class Some {{ public static int Mine => 1; }} }}", $"{Name}.Some.Mine")]
    public void A_name_that_a_referenced_assembly_has_in_no_namespace_stays_that_ones(string other, string use)
    {
        var library = new Project([], code: "#pragma warning disable CS1591\n" + other);
        library.Compilation = library.Compilation.WithAssemblyName("Lib");
        var code = $$"""internal static class Use { public static int One => {{use}}; public static System.Type Own => typeof(Demo.Models.{{Name}}); }""";

        Assert.Empty(With(new Project([TestFiles.FalOpenApi], code: code), MetadataReference.CreateFromImage(library.Run().Image())).Run().Errors());
    }

    [Fact]
    public void Neutral_models_are_the_own_ones_too()
    {
        var library =
            Library("Lib", [.. TestFiles.Kling.Select(spec => spec with { Namespace = spec.Namespace?.Replace("Demo", "Lib", StringComparison.Ordinal) })]);
        var code = """
            using Demo.Models.Neutral;
            using Lib.Models.Neutral;
            using Zoetrope.Routing;
            internal static class Use
            {
                public static RoutedModel<Demo.Models.Neutral.KlingO3ProImageToVideo.Request, Demo.Models.Neutral.KlingO3ProImageToVideo.Result> Own(MediaRouter router) => router.KlingO3ProImageToVideo;
            }
            """;

        Assert.Empty(With(new Project(TestFiles.Kling, code: code), library).Run().Errors());
    }

    [Fact]
    public void A_model_of_another_provider_is_another_one()
    {
        var name = "MyModel";
        var own = new Spec("specs/own.md", TestFiles.EachlabsPage.Text.Replace("kling-o3-pro-image-to-video", "my-model", StringComparison.Ordinal));
        var library = Library("Lib", Documents.FalOpenApi("fal-ai/my-model", "{}"));
        var code = $$"""
            using Lib.Models;
            internal static class Use { public static Lib.Models.{{name}}.Request Same({{name}}.Request request) => request; }
            """;

        var generated = With(new Project([own], code: code), library).Run();

        Assert.Contains("Demo.Models.MyModel.g.cs", generated.Sources.Keys);
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_library_that_overrides_a_package_wins_over_it_and_gives_way_to_the_app()
    {
        var library = Library("Lib", TestFiles.FalOpenApi);
        var (both, own) = (Use("Lib.Models", "Lib.Models"), Use("Demo.Models", "Demo.Models; using Lib.Models"));

        var app = With(new Project([], code: both), library).Run();
        var owner = With(new Project([TestFiles.FalOpenApi], code: own), library).Run();
        var another = With(new Project([TestFiles.FalOpenApi], code: own, properties: ("ZoetropeOverridable", "true")), library).Run();

        Assert.All([app, owner, another], generated => Assert.Empty(generated.Errors()));

        static string Use(string expected, string usings) => $$"""
            using {{usings}};
            using Zoetrope.Clients;
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;
            internal static class Use
            {
                public static ModelClient<{{expected}}.{{Name}}.Request, {{expected}}.{{Name}}.Result> Model(FalClient fal) => fal.{{Name}};
            }
            """;
    }

    [Fact]
    public void Edits_of_code_write_nothing_anew()
    {
        var project = new Project([TestFiles.FalOpenApi]);
        var edited = project.Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            $"using Demo.Models; using Zoetrope.Fal.Models; class Unrelated {{ {Name}.Request? _; }}",
            (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options));

        var rerun = Rerun.Of(project, driver => driver, edited);

        Assert.Equal([RowChange.Cached], rerun.Changes(StageNames.SharedModels));
        Assert.Equal([RowChange.Unchanged], rerun.Changes(StageNames.OwnModels));
        Assert.Equal([RowChange.Cached], rerun.Changes(StageNames.OwnModelsFile));
    }

    [Fact]
    public void A_reference_that_comes_later_is_looked_at()
    {
        var document = Documents.FalOpenApi("fal-ai/other", "{}");
        var project = new Project([document]);

        var rerun = Rerun.Of(project, driver => driver, project.Compilation.AddReferences(Library("Shared", document)));

        Assert.Equal([RowChange.New], rerun.Changes(StageNames.OwnModelsFile));
    }

    [Fact]
    public void A_client_that_two_assemblies_have_gets_no_members()
    {
        var second = CSharpCompilation.Create(
            "Second", [CSharpSyntaxTree.ParseText("namespace Zoetrope.Fal; public class FalClient;")], new Project([]).Compilation.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var generated = With(new([Documents.FalOpenApi("fal-ai/other", "{}")]), second.ToMetadataReference()).Run();

        Assert.DoesNotContain("FalClient", generated.Source("Demo.Models.Other.g.cs"));
        Assert.Empty(generated.Errors());
    }

    [Theory]
    [InlineData("namespace Zoetrope.Fal; internal class FalClient;", true)]
    [InlineData("namespace Zoetrope.Other; internal class FalClient;", false)]
    public void A_client_of_the_project_itself_gets_members(string code, bool hasMembers)
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/other", "{}")], references: false, code: code).Run();

        Assert.Equal(hasMembers, generated.Source("Demo.Models.Other.g.cs").Contains("FalClient", StringComparison.Ordinal));
    }

    /// <summary>A library of models that gives way, as other projects refer to it.</summary>
    private static MetadataReference Library(string name, params Spec[] specs)
    {
        var project = new Project(specs, properties: [("RootNamespace", name), ("ZoetropeOverridable", "true")]);
        project.Compilation = project.Compilation.WithAssemblyName(name);
        return MetadataReference.CreateFromImage(project.Run().Image());
    }

    private static Project With(Project project, MetadataReference reference)
    {
        project.Compilation = project.Compilation.AddReferences(reference);
        return project;
    }
}
