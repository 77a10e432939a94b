using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// What other processors do in a compiler that was just started, where the runtime compiles the methods of the generator as they are called: it would compile
/// those of each stage only when the stage before has ended. Nothing of it is kept: the stages make everything in their turn.
/// </summary>
internal static class HeadStart
{
    private const int Samples = 4;
    private const int LongestSample = 65536;

    private static int _isRehearsed;

    /// <summary>Takes a few documents of endpoints through all stages while the others are read. Once is enough for a process.</summary>
    public static void Rehearse(IReadOnlyList<SpecFile> files, ProjectOptions options, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRehearsed, 1) == 1)
            return;
        foreach (var file in files.Where(static file => file.Text.Length <= LongestSample).Take(Samples))
        {
            if (Stage.Read(file, cancellationToken).Document is { Endpoint: not null } document)
                EndpointStages.Rehearse(new(file.Path, file.Namespace, file.IsReference, document), options, cancellationToken);
        }
    }

    /// <summary>Looks at what the project references while endpoints are bound: the compiler remembers what it read for it.</summary>
    public static void Look(
        IReadOnlyList<MergedEndpoint> endpoints, Compilation compilation, AnalyzerConfigOptionsProvider provider, CancellationToken cancellationToken)
    {
        var options = ProjectOptions.ReadCompilation(compilation, provider);
        var members = endpoints.Where(static endpoint => !endpoint.IsReference).Select(endpoint => ClientMember.Of(endpoint, options)).OfType<ClientMember>();
        OwnModels.Find(members.ToEquatableArray(), compilation, cancellationToken);
    }
}
