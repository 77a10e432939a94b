using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Agreement.Tests;

/// <summary>Code that uses everything of a generated namespace, as its users do: it writes what can be set, and reads all else, with the exact types.</summary>
internal sealed class Callers
{
    private static readonly SymbolDisplayFormat _format = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private readonly StringBuilder _text = new();
    private int _methods;

    private Callers()
    {
    }

    /// <summary>A file of code that uses a namespace.</summary>
    public static SyntaxTree Of(INamespaceSymbol generated, CSharpParseOptions options)
    {
        var callers = new Callers();
        callers._text.Append($"#nullable enable\nnamespace Callers\n{{\nstatic class Of{generated.Name}\n{{\nstatic T V<T>() => default!;\n");
        foreach (var type in generated.GetTypeMembers())
            callers.Use(type);
        callers._text.Append("}\n}\n");
        return CSharpSyntaxTree.ParseText(callers._text.ToString(), options, path: generated.Name + ".cs", encoding: Encoding.UTF8);
    }

    private static string Text(ITypeSymbol type) => type.ToDisplayString(_format);

    private void Use(INamedTypeSymbol type)
    {
        if (type.DeclaredAccessibility != Accessibility.Public || type.IsImplicitlyDeclared || type.IsExtension)
            return;
        var members = type.GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared).ToList();
        var properties = members.OfType<IPropertySymbol>().Where(property => !property.IsIndexer).ToList();
        var written = properties
            .Where(property => property is { IsStatic: false, SetMethod: { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public } })
            .ToList();
        if (!type.IsStatic && written.Count > 0 && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0))
        {
            Method("", New(type, written));
            Method("", New(type, written.Where(property => property.IsRequired)));
        }
        foreach (var property in properties.Except(written))
        {
            var receiver = property.IsStatic ? Text(type) : "x";
            Method(property.IsStatic ? "" : Text(type) + " x", $"{Text(property.Type)} value = {receiver}.@{property.Name};");
        }
        foreach (var method in members.OfType<IMethodSymbol>())
            Use(type, method);
        foreach (var nested in type.GetTypeMembers())
            Use(nested);
    }

    private static string New(INamedTypeSymbol type, IEnumerable<IPropertySymbol> properties) =>
        $"_ = new {Text(type)} {{ {string.Join(", ", properties.Select(property => $"@{property.Name} = V<{Text(property.Type)}>()"))} }};";

    private void Use(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) || method.IsOverride || method.IsGenericMethod)
            return;
        var arguments = string.Join(", ", method.Parameters.Select(
            parameter => (parameter.IsOptional ? $"@{parameter.Name}: " : "") + $"V<{Text(parameter.Type)}>()"));
        switch (method.MethodKind)
        {
            case MethodKind.Constructor when method.Parameters.Length > 0:
                Method("", $"_ = new {Text(type)}({arguments});");
                break;
            case MethodKind.Conversion:
                Method("", $"{Text(method.ReturnType)} value = {arguments};");
                break;
            case MethodKind.Ordinary when method.Name is not ("Write" or "Equals"):
                var result = method.ReturnsVoid ? "" : Text(method.ReturnType) + " value = ";
                Method(method.IsStatic ? "" : Text(type) + " x", $"{result}{(method.IsStatic ? Text(type) : "x")}.@{method.Name}({arguments});");
                break;
        }
    }

    private void Method(string parameters, string statement)
    {
        _methods++;
        _text.Append(CultureInfo.InvariantCulture, $"static void M{_methods}({parameters}) {{ {statement} }}\n");
    }
}
