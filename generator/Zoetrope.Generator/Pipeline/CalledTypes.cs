using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// Finds which of the types that generated code calls referenced assemblies have. An edit of code does not change that; a compilation would look for each of
/// them in each of hundreds of assemblies again.
/// </summary>
internal static class CalledTypes
{
    private static readonly string[] _all = [ClientNames.Core, ClientNames.Router, .. ProviderProfiles.All.Select(profile => profile.ClientType)];

    /// <summary>The full names of those that one of the assemblies has. Of several, C# would take none.</summary>
    public static EquatableArray<string> In(ImmutableArray<IAssemblySymbol> assemblies) =>
        _all.Where(type => assemblies.Count(assembly => IsPublicIn(assembly, type)) == 1).ToEquatableArray();

    private static bool IsPublicIn(IAssemblySymbol assembly, string type) =>
        assembly.GetTypeByMetadataName(type) is { DeclaredAccessibility: Accessibility.Public };
}
