using System.Collections.Immutable;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>Lists the C# names that the generator gives, for <c>specs.lock.json</c>. It needs no compiler.</summary>
public static class NameAssignments
{
    /// <summary>The names of everything that the documents give, locked ones included, by key (see <see cref="NameKeys"/>).</summary>
    /// <param name="documents">The documents by path, the lock file among them where there is one.</param>
    public static IReadOnlyList<LockedName> Of(IReadOnlyDictionary<string, SpecDocument> documents) => Of(PipelineOf(documents));

    /// <summary>The names of everything that a pipeline gives.</summary>
    internal static IReadOnlyList<LockedName> Of(SpecPipeline pipeline)
    {
        var names = new List<LockedName>();
        foreach (var endpoint in Flow.ValuesOf(pipeline.Endpoints.Bound.Values()))
        {
            var key = NameKeys.Endpoint(endpoint.Provider, endpoint.Id);
            names.Add(new(key, endpoint.Name));
            AddTypes(names, key, endpoint.Types, [endpoint.Request.Name, endpoint.Result.Name]);
        }
        foreach (var api in Flow.ValuesOf(pipeline.Apis.Bound.Values()))
            AddApi(names, api);
        return names;
    }

    /// <summary>The keys of APIs that the lock file has and that are others now, with these.</summary>
    internal static IReadOnlyDictionary<string, string> FormerKeys(IReadOnlyDictionary<string, SpecDocument> documents) =>
        Flow.ValuesOf(PipelineOf(documents).Apis.Documents)
            .Where(document => document.FormerKey is not null)
            .ToDictionary(document => document.FormerKey!, document => document.Key, StringComparer.Ordinal);

    /// <summary>The keys of APIs whose classes have other names than the lock file holds, because declared providers' clients have those.</summary>
    internal static IReadOnlyCollection<string> NamedAnew(IReadOnlyDictionary<string, SpecDocument> documents) =>
        Flow.ValuesOf(PipelineOf(documents).Apis.Documents).Where(document => document.IsNamedAnew).Select(document => document.LockedKey("")).ToList();

    private static SpecPipeline PipelineOf(IReadOnlyDictionary<string, SpecDocument> documents)
    {
        var flow = Flow.Once(CancellationToken.None);
        var files = documents.Select(document => new ParsedSpec(document.Key, null, false, document.Value)).ToImmutableArray();
        return SpecPipeline.Of(flow.Values(files), flow.Value(ProjectOptions.Default), flow.Value(EmitOptions.Everything));
    }

    private static void AddApi(List<LockedName> names, BoundApi api)
    {
        var owner = api.Client.LockKey;
        names.Add(new(owner, api.Client.Class.Name));
        AddTypes(names, owner, api.Shared, []);
        if (api.Webhooks is { } webhooks)
            names.Add(new(owner + NameKeys.Type(NameKeys.Webhooks), webhooks.Class));
        names.AddRange(api.Uses.Select(use => new LockedName(owner + NameKeys.Type(NameKeys.Use + use.Key), use.Name)));
        foreach (var operation in api.Operations)
        {
            names.Add(new(owner + NameKeys.Type(operation.Key), operation.Name));
            foreach (var form in new[] { operation.Parameters, operation.Body?.Form })
            {
                if (form is not null)
                    AddMembers(names, owner, form.Model);
            }
            AddTypes(names, owner, operation.Types, OperationTypes.All);
        }
    }

    /// <summary>Adds the types of a class with their members. Those of usual names are always called so.</summary>
    private static void AddTypes(List<LockedName> names, string owner, BoundTypes types, string[] usual)
    {
        foreach (var model in types.Objects)
        {
            Add(model.Key, model.Name);
            AddMembers(names, owner, model);
        }
        foreach (var model in types.Unions)
            Add(model.Key, model.Name);
        foreach (var model in types.Enums)
        {
            Add(model.Key, model.Name);
            names.AddRange(model.Values.Select(value => new LockedName(owner + NameKeys.Member(model.Key, value.Text), value.Name)));
        }

        void Add(string key, string name)
        {
            if (!usual.Contains(name))
                names.Add(new(owner + NameKeys.Type(key), name));
        }
    }

    private static void AddMembers(List<LockedName> names, string owner, BoundObject model) =>
        names.AddRange(model.Properties.Select(property => new LockedName(owner + NameKeys.Member(model.Key, property.JsonName), property.Name)));
}
