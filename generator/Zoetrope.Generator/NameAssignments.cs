using System.Collections.Immutable;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Tells the C# names that the generator gives, for <c>specs.lock.json</c>. It needs no compiler.</summary>
public static class NameAssignments
{
    /// <summary>The names of everything that the documents give, locked ones included, by key (see <see cref="NameKeys"/>).</summary>
    /// <param name="documents">The documents by path, the lock file among them where there is one.</param>
    public static IReadOnlyList<LockedName> Of(IReadOnlyDictionary<string, SpecDocument> documents)
    {
        var names = new List<LockedName>();
        var files = documents.Select(document => new ReadFile(document.Key, null, false, document.Value)).ToImmutableArray();
        foreach (var group in DocumentGroups.Group(files, "Models", CancellationToken.None))
        {
            if (EndpointMerger.Merge(group).Value is not { } merged || EndpointBinder.Bind(merged, CancellationToken.None).Value is not { } bound)
                continue;
            var endpoint = NameKeys.Endpoint(bound.Provider, bound.Id);
            names.Add(new(endpoint, bound.Name));
            foreach (var model in bound.Types.Objects)
            {
                // The request and the result are always called so.
                if (model != bound.Request && model != bound.Result)
                    names.Add(new(endpoint + NameKeys.Type(model.Key), model.Name));
                names.AddRange(model.Properties.Select(property => new LockedName(endpoint + NameKeys.Member(model.Key, property.JsonName), property.Name)));
            }
            names.AddRange(bound.Types.Unions.Select(model => new LockedName(endpoint + NameKeys.Type(model.Key), model.Name)));
            foreach (var model in bound.Types.Enums)
            {
                names.Add(new(endpoint + NameKeys.Type(model.Key), model.Name));
                names.AddRange(model.Values.Select(value => new LockedName(endpoint + NameKeys.Member(model.Key, value.Text), value.Name)));
            }
        }
        return names;
    }
}
