using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>Finds the models of a project that referenced assemblies have too. Code that imports both namespaces would name neither.</summary>
internal static class OwnModels
{
    // An edit of code leaves the referenced assemblies as they are.
    private static readonly ConditionalWeakTable<IAssemblySymbol, ModelSpace[]> _spaces = new();

    /// <summary>The few models that are concerned.</summary>
    /// <param name="own">The members of the project's own models.</param>
    /// <param name="references">The assemblies that the project references.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static EquatableArray<OwnModel> Find(
        EquatableArray<ClientMember> own, ImmutableArray<IAssemblySymbol> references, CancellationToken cancellationToken)
    {
        if (own.Count == 0)
            return default;
        var spaces = new List<ModelSpace>();
        foreach (var assembly in references)
            spaces.AddRange(_spaces.GetValue(assembly, static assembly => UsesCore(assembly) ? [.. SpacesIn(assembly.GlobalNamespace)] : []));
        var found = new List<(ClientMember Member, bool IsAboveAll)>();
        foreach (var member in spaces.Count == 0 ? [] : own)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (isFound, isAboveAll) = (false, true);
            foreach (var space in spaces)
            {
                if (ReceiverOf(space, member) is not { } receiver)
                    continue;
                isFound = true;
                isAboveAll &= receiver is ITypeParameterSymbol;
            }
            if (isFound)
                found.Add((member, isAboveAll));
        }
        return found.ToLookup(one => one.Member.Name, StringComparer.Ordinal)
            .SelectMany(group => group.Select(
                one => new OwnModel(one.Member, group.Count() == 1 && !references.Any(assembly => IsGlobal(group.Key, assembly)), one.IsAboveAll)))
            .ToEquatableArray();
    }

    /// <summary>The same models, without the aliases of names that code of the project gives another meaning.</summary>
    /// <param name="found">The models.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static EquatableArray<OwnModel> KeepMeanings(EquatableArray<OwnModel> found, Compilation compilation, CancellationToken cancellationToken)
    {
        if (!found.Any(model => model.HasAlias))
            return found;
        var aliases = AliasesOf(compilation, cancellationToken);
        return found
            .Select(model => aliases.Contains(model.Member.Name) || IsGlobal(model.Member.Name, compilation.Assembly) ? model with { HasAlias = false } : model)
            .ToEquatableArray();
    }

    private static bool UsesCore(IAssemblySymbol assembly) => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(one => one.Name == "Zoetrope"));

    private static IEnumerable<ModelSpace> SpacesIn(INamespaceSymbol space)
    {
        if (!space.GetTypeMembers(IndexEmitter.ModelsName, 0).IsEmpty || !space.GetTypeMembers(IndexEmitter.NeutralName, 0).IsEmpty)
        {
            yield return new(
                space, space.ToDisplayString(),
                new(space.GetTypeMembers().Where(static type => type.Arity == 0).Select(static type => type.Name), StringComparer.Ordinal));
        }
        foreach (var inner in space.GetNamespaceMembers())
        {
            foreach (var found in SpacesIn(inner))
                yield return found;
        }
    }

    /// <summary>What the member of another model of that name takes, where it is on the same client; null where there is none.</summary>
    private static ITypeSymbol? ReceiverOf(ModelSpace space, ClientMember member)
    {
        if (!space.Types.Contains(member.Name) || space.Name == member.Namespace)
            return null;
        // An extension property is a static method to those that do not know it.
        var type = space.Symbol.GetTypeMembers(ClientMemberEmitter.ClassOf(member.Name), 0).FirstOrDefault();
        var methods = type is null ? [] : type.GetMembers("get_" + member.Name).Concat(type.GetMembers(member.Name)).OfType<IMethodSymbol>();
        var receiver = methods.FirstOrDefault(method => method.Parameters.Length == 1)?.Parameters[0].Type;
        var client = receiver is ITypeParameterSymbol { ConstraintTypes.Length: 1 } generic ? generic.ConstraintTypes[0] : receiver;
        return client?.ToDisplayString() == member.Client ? receiver : null;
    }

    // The names of aliases and of what is in no namespace mean that before they mean what is imported.
    private static HashSet<string> AliasesOf(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
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

    private static bool IsGlobal(string name, IAssemblySymbol assembly) => assembly.GlobalNamespace.GetMembers(name).Any();

    /// <summary>A namespace that lists models.</summary>
    /// <param name="Symbol">The namespace.</param>
    /// <param name="Name">Its full name.</param>
    /// <param name="Types">The names of its types that are not generic.</param>
    private sealed record ModelSpace(INamespaceSymbol Symbol, string Name, HashSet<string> Types);
}
