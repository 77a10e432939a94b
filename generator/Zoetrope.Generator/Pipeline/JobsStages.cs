using System.Collections.Immutable;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Jobs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The lane of declared providers: Collect (a declaration with the documents that it names), Declare (the protocol and the models), Emit (a file each). The
/// models join those of other documents in the lane of endpoints.
/// </summary>
internal static class JobsStages
{
    /// <summary>The providers.</summary>
    public static FlowValues<Outcome<DeclaredProvider>> Declare(FlowValues<Reading> readings)
    {
        // Pages and documents of single endpoints are never what a declaration names. One that has schemas alone can be.
        var documents = readings
            .Where(static reading =>
                reading.Document is { Kind: SpecKind.OpenApi or SpecKind.OperationPage, Endpoint: null } || HasNoOperations(reading.Problems))
            .Collect();
        var declarations = readings.Where(static reading => reading.Document?.Declaration is not null);
        return declarations
            .Combine(documents)
            .Combine(declarations.Collect())
            .Select(static (all, _) => FilesOf(all.Left.Left, all.Left.Right) with { Rival = RivalOf(all.Left.Left, all.Right) }, StageNames.JobsCollect)
            .SelectInParallel(Declare, StageNames.JobsDeclare, static files => files.Declaration);
    }

    /// <summary>A file each.</summary>
    public static FlowValues<Outcome<GeneratedSource>> Emit(
        FlowValues<DeclaredProvider> providers, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions) => providers
        .Where(static provider => !provider.IsReference)
        .Combine(options)
        .Select(static (pair, _) =>
            new BoundProvider(pair.Left.Jobs, pair.Left.Namespace ?? pair.Right.Namespace, ParsedSpec.NameOf(pair.Left.DeclarationPath)))
        .Combine(emitOptions)
        .Where(static pair => pair.Right.CanEmit)
        .SelectInParallel(static (pair, _) => Emit(pair.Left, pair.Right), StageNames.JobsEmit);

    private static bool HasNoOperations(EquatableArray<SpecProblem> problems) => problems.Any(static problem => problem.Kind == Problems.NoOperations);

    private static DeclaredFiles FilesOf(Reading declaration, ImmutableArray<Reading> documents)
    {
        var names = declaration.Document!.Declaration!;
        var folder = FolderOf(declaration.File.Path);
        var there = documents.Select(document => (Path: document.File.Path.Replace('\\', '/'), document.File))
            .Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => (file.Path.Substring(folder.Length), file.File)).ToList();
        var found = DeclaredDocuments.Select(names.Documents, there, out var missing);
        var schemas = names.Schemas is { } name ? DeclaredDocuments.Select(new([name]), there, out _) : [];
        return new(declaration.File, names, found.ToEquatableArray(), missing, schemas.Count > 0 ? schemas[0] : null);
    }

    /// <summary>The declaration that has the same name in the same namespace, and comes first; null where there is none.</summary>
    private static string? RivalOf(Reading declaration, ImmutableArray<Reading> declarations) => declarations
        .Where(other => string.Equals(other.Document!.Declaration!.Name, declaration.Document!.Declaration!.Name, StringComparison.OrdinalIgnoreCase)
            && other.File.Namespace == declaration.File.Namespace && string.CompareOrdinal(other.File.Path, declaration.File.Path) < 0)
        .Select(other => ParsedSpec.NameOf(other.File.Path)).FirstOrDefault();

    private static string FolderOf(string path) => path.Replace('\\', '/').Substring(0, path.LastIndexOfAny(['/', '\\']) + 1);

    private static Outcome<DeclaredProvider> Declare(DeclaredFiles files, CancellationToken cancellationToken) => Stage.Guard(
        () =>
        {
            var declaration = files.Declaration;
            var set = files.Documents.Count > 1 ? new DocumentSet(files.Documents) : null;
            var merged = set?.Merge();
            var path = set?.Path ?? (files.Documents.Count > 0 ? files.Documents[0].Path : declaration.Path);
            var document = files.Documents.Count == 0
                ? null
                : new NamedDocument(ParsedSpec.NameOf(path), merged?.Text ?? files.Documents[0].Text) { Missing = files.Missing };
            var reading = JobsReader.Read(Named(declaration)!, document, Named(files.Schemas), cancellationToken);
            var problems = reading.Problems.Select(problem => Locate(problem, declaration.Path))
                .Concat(reading.DocumentProblems.Select(problem => LocateInDocument(problem, merged)))
                .Concat(merged?.Problems.Select(problem => Locate(problem.Problem, files.Documents[problem.Document].Path)) ?? []);
            if (files.Rival is { } rival)
                problems = problems.Append(Locate(JobsProblems.Twice.AtPointer("/name", files.Names.Name ?? "", "the name of " + rival), declaration.Path));
            var provider = reading.Description is { } jobs && files.Rival is null
                ? new DeclaredProvider(jobs, declaration.Path, path, set, declaration.Namespace, declaration.IsReference, declaration.Rules)
                : null;
            return new Outcome<DeclaredProvider>(provider, problems.ToEquatableArray());

            PlacedProblem LocateInDocument(SpecProblem problem, MergedDocument? all)
            {
                if (all is null)
                    return Locate(problem, path);
                var (index, pointer) = all.Find(problem.Pointer);
                return Locate(problem with { Pointer = pointer }, files.Documents[index].Path);
            }
        },
        "read the job protocol of " + files.Names.Provider,
        files.Declaration.Path);

    private static Outcome<GeneratedSource> Emit(BoundProvider provider, EmitOptions options) => Stage.Guard(
        () => new Outcome<GeneratedSource>(ProviderEmitter.Emit(provider, options), default), "wrote the client of " + provider.Jobs.Provider, "");

    private static NamedDocument? Named(SpecFile? file) => file is null ? null : new(ParsedSpec.NameOf(file.Path), file.Text);

    private static PlacedProblem Locate(SpecProblem problem, string path) => new(problem.Kind, new(path, problem.Pointer), null, problem.Arguments);
}
