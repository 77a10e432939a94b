using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Zoetrope.Generator.Tests.House;

/// <summary>
/// The house of this repository: a namespace is its folder, a folder depends only on folders below it (docs/architecture.md draws them), and so no folders
/// depend on each other in a circle. Documentation comments may refer to anything.
/// </summary>
public sealed class LayerTests
{
    /// <summary>
    /// The folders of each project, from the bottom: each may use those of the rows above its own, and what is listed with it from its own row. Where no row
    /// has the root of a project, it is left out: what users see of such a project is there, both what everything uses and what uses everything.
    /// </summary>
    private static readonly Dictionary<string, string[]> _layers = new()
    {
        ["src/Zoetrope"] =
        [
            "Streams Text Time", "Formats", "Json", "Errors", "Costs", "CodeGen", "CodeGen/Costs Validation", "Jobs Media Models", "CodeGen/Results Telemetry",
            "Http/Compression", "Http",
            "Downloads Providers Uploads", "CodeGen/Operations", "CodeGen/Jobs", "Clients Operations", "Routing Webhooks", "CodeGen/Webhooks",
        ],
        ["generator/Zoetrope.Specs"] =
        [
            "Model Words", "Providers", "Diagnostics", "Json", "Yaml", "Pages", "OpenApi Rules", "Catalog Jobs Pages/Eachlabs Pages/Fal", "Jobs/Proposals", ".",
        ],
        ["generator/Zoetrope.Generator"] =
        [
            "Flows Inputs Providers Text", "Diagnostics Naming", "Types", "Emit", "Endpoints Operations/Content Operations/Naming", "Operations/Inline Operations/Paging",
            "Catalog Jobs Operations", "Pipeline", "Changes",
            "Tooling .", "Tooling/Requests",
        ],
        ["src/Zoetrope.Simulator"] =
        [
            "Text Validation", "Http", "Files", "Endpoints", "Jobs", "Eachlabs Fal", "Replay Uploads", "Declared Documents Faults", "Control", "Serving",
        ],
        ["src/Zoetrope.Cli"] =
        [
            "Output Pages Simulation", "Input Ledgers", "LedgerPages Vendoring/Sources", "Listings Vendoring", "Models", "Completion Jobs", "Batches Play",
            "Mcp/Results", "Mcp/Models", "Mcp/Running", "Mcp/Tools", "Mcp/Serving", "Commands", "Help",
        ],
    };

    private static readonly PortableExecutableReference[] _assemblies =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static TheoryData<string> Projects => [.. _layers.Keys];

    [Fact]
    public void The_architecture_draws_the_same_layers()
    {
        var rows = _layers.Select(project => $"| `{project.Key}` | {string.Join(" · ", project.Value.Select(row => $"`{row.Replace(" ", "`, `")}`"))} |");
        var page = File.ReadAllLines(Repository.PathOf("docs", "architecture.md"));

        Assert.Equal(rows, page.SkipWhile(line => line != "## Layers").Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_folders_below_it(string project)
    {
        var rank =
            _layers[project].SelectMany((row, index) => row.Split(' ').Select(folder => (folder, index))).ToDictionary(pair => pair.folder, pair => pair.index);
        var wrong = Uses(project)
            .Where(use => rank.ContainsKey(".") || (use.From != "." && use.To != "."))
            .Where(use => !rank.TryGetValue(use.From, out var from) || !rank.TryGetValue(use.To, out var to) || from <= to)
            .Select(use => $"{use.From} -> {use.To}: {use.Example}");

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    [InlineData("src/Zoetrope.AspNetCore")]
    [InlineData("src/Zoetrope.Eachlabs")]
    [InlineData("src/Zoetrope.Extensions.AI")]
    [InlineData("src/Zoetrope.Extensions.Hosting")]
    [InlineData("src/Zoetrope.Extensions.OpenTelemetry")]
    [InlineData("src/Zoetrope.Fal")]
    [InlineData("src/Zoetrope.Fal.Webhooks")]
    [InlineData("src/Zoetrope.Jobs")]
    [InlineData("src/Zoetrope.Jobs.Orleans")]
    [InlineData("src/Zoetrope.Jobs.Postgres")]
    [InlineData("src/Zoetrope.Jobs.Sqlite")]
    [InlineData("src/Zoetrope.Kiota")]
    public void A_namespace_is_its_folder(string project)
    {
        // What replaces attributes of newer frameworks has their namespaces.
        var wrong = Trees(project)
            .SelectMany(tree =>
                tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(found => (tree.FilePath, Namespace: found.Name.ToString())))
            .Where(file => !file.Namespace.StartsWith("System.", StringComparison.Ordinal))
            .Where(file => file.Namespace != Path.GetFileName(project)
                + (FolderOf(project, file.FilePath) is "." ? "" : "." + FolderOf(project, file.FilePath).Replace('/', '.')));

        Assert.Empty(wrong);
    }

    /// <summary>The uses of one folder's types by another's, each once.</summary>
    private static IEnumerable<(string From, string To, string Example)> Uses(string project)
    {
        var trees = Trees(project).ToList();
        var assemblies = _assemblies.Where(assembly => Path.GetFileNameWithoutExtension(assembly.FilePath) != Path.GetFileName(project));
        var usings = CSharpSyntaxTree.ParseText(string.Concat(
            new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }
                .Select(name => $"global using global::{name};\n")), SourceFile.Options);
        var compilation =
            CSharpCompilation.Create(Path.GetFileName(project), trees.Append(usings), assemblies, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var found = new Dictionary<(string, string), string>();
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            var from = FolderOf(project, tree.FilePath);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                // A call with a value of a package is not resolved wholly, because only this test's own packages are known; what it calls is.
                var info = model.GetSymbolInfo(name);
                var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is { Length: > 0 } path
                    && FolderOf(project, path) is var to
                    && to != from)
                    found.TryAdd((from, to), Path.GetFileName(tree.FilePath) + " uses " + type.Name);
            }
        }
        Assert.True(found.Count > 10, "The dependencies were not read: the compilation did not resolve names.");
        return found.Select(use => (use.Key.Item1, use.Key.Item2, use.Value));
    }

    private static IEnumerable<SyntaxTree> Trees(string project) => SourceFile.Of(project).Select(file => file.Tree);

    private static string FolderOf(string project, string path) => Path.GetRelativePath(project, Path.GetDirectoryName(path)!).Replace('\\', '/');
}
