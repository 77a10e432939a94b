using System.Collections.Immutable;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>The generator's stages over documents, outside a compiler.</summary>
internal sealed class SpecRun
{
    private readonly ImmutableArray<Reading> _readings;

    private SpecRun(Flow flow, ImmutableArray<Reading> readings)
    {
        _readings = readings;
        Pipeline = SpecPipeline.Of(flow.Values(readings), flow.Value(ProjectOptions.Default), flow.Value(EmitOptions.Everything));
    }

    /// <summary>The stages, which run when something of theirs is read.</summary>
    public SpecPipeline Pipeline { get; }

    /// <summary>The documents.</summary>
    public IEnumerable<SpecFile> Files => _readings.Select(reading => reading.File);

    /// <summary>The provider-neutral models of catalogs, each with the path of its catalog.</summary>
    public IEnumerable<(string Path, CatalogModel Model)> CatalogModels => _readings
        .Where(reading => reading.Document?.Catalog is not null)
        .SelectMany(reading => reading.Document!.Catalog!.Models.Select(model => (reading.File.Path, model)));

    /// <summary>
    /// What is wrong with the documents, each problem once. All code is made for it and thrown away: a failure there is a problem of the document like any
    /// other.
    /// </summary>
    public IEnumerable<LocatedProblem> Problems
    {
        get
        {
            var placed = Pipeline.Problems.Concat(Pipeline.EmissionProblems).SelectMany(Flow.ValuesOf).SelectMany(problems => problems);
            return _readings.SelectMany(reading => ProblemLocator.Locate(reading.File, reading.Problems))
                .Concat(ProblemLocator.Locate(new PlacedProblems(placed.ToEquatableArray(), Files.ToEquatableArray())))
                .Distinct();
        }
    }

    /// <summary>Reads documents.</summary>
    /// <param name="files">The documents; catalogs and lock files among them.</param>
    /// <param name="names">The names that are given where no lock file says so; null where the generator chooses.</param>
    /// <param name="cancellationToken">Stops the stages.</param>
    public static SpecRun Of(IEnumerable<SpecFile> files, Func<SpecFile>? names, CancellationToken cancellationToken)
    {
        var flow = Flow.Once(cancellationToken);
        var readings = Read(files);
        if (names is not null && !readings.Any(reading => reading.Document?.Lock is not null))
            readings = readings.AddRange(Read([names()]));
        return new(flow, readings);

        ImmutableArray<Reading> Read(IEnumerable<SpecFile> all) => Flow.ValuesOf(SpecPipeline.Read(flow.Values(all.ToImmutableArray()))).ToImmutableArray();
    }

    /// <summary>Reads documents.</summary>
    /// <param name="sources">The documents; catalogs and lock files among them.</param>
    /// <param name="cancellationToken">Stops the stages.</param>
    public static SpecRun Of(IEnumerable<SpecSource> sources, CancellationToken cancellationToken) =>
        Of(sources.Select(source => new SpecFile(source.Path, source.Provider, null, false, source.Text)), names: null, cancellationToken);
}
