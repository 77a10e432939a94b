using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Words;

namespace Zoetrope.Generator.Operations.Naming;

/// <summary>What the paths of an API's operations say in words.</summary>
internal sealed class OperationPaths
{
    private readonly int _shared;

    public OperationPaths(IEnumerable<OperationDescription> operations)
    {
        var paths = operations.Select(Segments).ToList();
        while (paths.Count > 0 && paths.TrueForAll(path => path.Length > _shared && path[_shared] == paths[0][_shared] && Versions.IsFiller(path[_shared])))
            _shared++;
    }

    /// <summary>The words of a path, without the version that all paths share: <c>/v1/assets/{asset_id}</c> is assets, by, asset, id.</summary>
    public List<string> WordsOf(OperationDescription operation) =>
        Segments(operation).Skip(_shared).SelectMany(segment => Identifiers.Words(segment.IndexOf('{') >= 0 ? "by " + segment : segment)).ToList();

    /// <summary>Method and path as a name: <c>GET /v1/assets/{asset_id}</c> is GetAssetsByAssetId.</summary>
    public string NameOf(OperationDescription operation) =>
        Identifiers.Pascal(Identifiers.Words(operation.Method.ToLowerInvariant()).Concat(WordsOf(operation)));

    private static string[] Segments(OperationDescription operation) => operation.Path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
}
