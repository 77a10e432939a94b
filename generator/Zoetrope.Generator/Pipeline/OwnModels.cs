using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A model of the project that a referenced assembly has too: the same name on the same client.</summary>
/// <param name="Member">The project's own.</param>
/// <param name="HasAlias">Whether its name alone can stand for it in the whole project: no code gives the name another meaning.</param>
/// <param name="IsAboveAll">Whether all others give way to it.</param>
internal sealed record OwnModel(ClientMember Member, bool HasAlias, bool IsAboveAll);

/// <summary>Finds the models of a project that referenced assemblies have too. Code that imports both namespaces would name neither.</summary>
internal static class OwnModels
{
    /// <summary>The step: the few models that are concerned. It looks at each compilation anew, so it asks only for names that the project has.</summary>
    public static IncrementalValueProvider<EquatableArray<OwnModel>> Find(
        IncrementalValueProvider<Compilation> compilation, IncrementalValuesProvider<BoundEndpoint> endpoints, IncrementalValuesProvider<BoundEndpoint> neutral,
        IncrementalValueProvider<EmitOptions> options)
    {
        var own = endpoints.Combine(options).Select(static (pair, _) => ClientMember.Of(pair.Left, pair.Right)).Collect();
        var routed = neutral.Combine(options).Select(static (pair, _) => ClientMember.OfNeutral(pair.Left, pair.Right)).Collect();
        return own.Combine(routed)
            .Select(static (both, _) => both.Left.Concat(both.Right).OfType<ClientMember>()
                .OrderBy(one => one.FullName, StringComparer.Ordinal).ToEquatableArray())
            .Combine(compilation)
            .Select(static (pair, token) => Find(pair.Left, pair.Right, token))
            .WithTrackingName(StepNames.OwnModels);
    }

    private static EquatableArray<OwnModel> Find(EquatableArray<ClientMember> own, Compilation compilation, CancellationToken cancellationToken)
    {
        if (own.Count == 0)
            return default;
        var spaces = compilation.SourceModule.ReferencedAssemblySymbols.Where(UsesCore).SelectMany(assembly => ModelSpaces(assembly.GlobalNamespace)).ToList();
        var found = new List<(ClientMember Member, bool IsAboveAll)>();
        foreach (var member in spaces.Count == 0 ? [] : own)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var others = spaces.Select(space => ReceiverOf(space, member)).OfType<ITypeSymbol>().ToList();
            if (others.Count > 0)
                found.Add((member, others.TrueForAll(receiver => receiver is ITypeParameterSymbol)));
        }
        var taken = found.Count == 0 ? [] : NamesOf(compilation, cancellationToken);
        return found.ToLookup(one => one.Member.Name, StringComparer.Ordinal)
            .SelectMany(group => group.Select(one => new OwnModel(one.Member, group.Count() == 1 && !taken.Contains(group.Key), one.IsAboveAll)))
            .ToEquatableArray();
    }

    private static bool UsesCore(IAssemblySymbol assembly) => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(one => one.Name == "Zoetrope"));

    /// <summary>The namespaces that list models.</summary>
    private static IEnumerable<INamespaceSymbol> ModelSpaces(INamespaceSymbol space)
    {
        if (!space.GetTypeMembers(IndexEmitter.ModelsName, 0).IsEmpty || !space.GetTypeMembers(IndexEmitter.NeutralName, 0).IsEmpty)
            yield return space;
        foreach (var inner in space.GetNamespaceMembers())
        {
            foreach (var found in ModelSpaces(inner))
                yield return found;
        }
    }

    /// <summary>What the member of another model of that name takes, where it is on the same client; null where there is none.</summary>
    private static ITypeSymbol? ReceiverOf(INamespaceSymbol space, ClientMember member)
    {
        if (space.GetTypeMembers(member.Name, 0).IsEmpty || space.ToDisplayString() == member.Namespace)
            return null;
        // An extension property is a static method to those that do not know it.
        var type = space.GetTypeMembers(ClientMemberEmitter.ClassOf(member.Name), 0).FirstOrDefault();
        var methods = type is null ? [] : type.GetMembers("get_" + member.Name).Concat(type.GetMembers(member.Name)).OfType<IMethodSymbol>();
        var receiver = methods.FirstOrDefault(method => method.Parameters.Length == 1)?.Parameters[0].Type;
        var client = receiver is ITypeParameterSymbol { ConstraintTypes.Length: 1 } generic ? generic.ConstraintTypes[0] : receiver;
        return client?.ToDisplayString() == member.Client ? receiver : null;
    }

    /// <summary>The names that mean something before what is imported: aliases of files, and what stands in no namespace.</summary>
    private static HashSet<string> NamesOf(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(compilation.SourceModule.GlobalNamespace.GetMembers().Select(member => member.Name), StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var directive in ((CompilationUnitSyntax)tree.GetRoot(cancellationToken)).Usings)
            {
                if (directive.Alias is { } alias)
                    names.Add(alias.Name.Identifier.ValueText);
            }
        }
        return names;
    }
}
