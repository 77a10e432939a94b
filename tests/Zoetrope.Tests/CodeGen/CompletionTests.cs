using System.ComponentModel;
using System.Reflection;
using Zoetrope.Clients;

namespace Zoetrope.Tests;

/// <summary>What generated code alone calls is public, and must not be what a user's editor offers first.</summary>
public sealed class CompletionTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(MediaClient).Assembly.GetExportedTypes();

    [Fact]
    public void Every_public_type_for_generated_code_is_hidden_from_completion()
    {
        var types = Types.Where(IsForGeneratedCode).ToArray();

        Assert.InRange(types.Length, 15, int.MaxValue);
        Assert.Empty(types.Where(type => !type.IsNested && !IsHidden(type)).Select(type => type.FullName));
    }

    [Fact]
    public void Every_member_that_takes_a_type_for_generated_code_is_hidden_from_completion()
    {
        var members = Types
            .Where(type => !IsForGeneratedCode(type) && !IsHidden(type))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.IsPublic || method.IsFamily)
            .Where(method => method.GetParameters().Any(parameter => IsForGeneratedCode(Bare(parameter.ParameterType))))
            .ToArray();

        Assert.InRange(members.Length, 8, int.MaxValue);
        Assert.Empty(members.Where(method => !IsHidden(method)).Select(method => $"{method.DeclaringType}.{method.Name}"));
    }

    private static bool IsForGeneratedCode(Type type) => $"{type.Namespace}.".StartsWith("Zoetrope.CodeGen.", StringComparison.Ordinal);

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? (type.IsByRef ? type.GetElementType()! : type);

    private static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false)?.State == EditorBrowsableState.Never;
}
