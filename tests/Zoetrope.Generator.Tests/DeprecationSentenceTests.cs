using System.Reflection;
using System.Text.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>Which sentences and extensions call a member deprecated, and which only have the word in them.</summary>
public class DeprecationSentenceTests
{
    private const string Plain = "Deprecated by the provider";

    /// <summary>Descriptions, and what is said of the member.</summary>
    private static readonly (string Description, string? Message)[] _sentences =
    [
        ("Deprecated", "."),
        ("Deprecated.", "."),
        ("**Deprecated**: use `other` instead.", ": use `other` instead (in C#: `Other`)."),
        ("[Deprecated] Use 'other' instead.", ": Use 'other' instead (in C#: `Other`)."),
        ("(deprecated) The old one.", "."),
        ("\u26a0\ufe0f Deprecated: please use other_field.", ": please use other_field."),
        ("WARNING: deprecated, use other instead.", ": use other instead (in C#: `Other`)."),
        ("Deprecated - see the guide.", ": see the guide."),
        ("Deprecated \u2014 replaced by other.", ": replaced by other (in C#: `Other`)."),
        ("Deprecated in favor of `other`.", ": in favor of `other` (in C#: `Other`)."),
        ("Deprecated since 2.0", "."),
        ("Deprecated as of v3 and ignored.", "."),
        ("Deprecated use other instead", ": use other instead (in C#: `Other`)."),
        ("Deprecated (use `other` instead).", ": use `other` instead (in C#: `Other`)."),
        ("[Deprecated: use `other` instead]", ": use `other` instead (in C#: `Other`)."),
        ("Deprecated: use other instead. Format: uuid. Active: yes.", ": use other instead (in C#: `Other`)."),
        ("The number of frames. Deprecated. Use only with care", "."),
        ("The number of frames. Deprecated. Use `other`.", ": Use `other` (in C#: `Other`)."),
        ("The number of frames.\nDeprecated: it has no effect.\nDefault: 5", "."),
        ("The number of frames.\n\nDeprecated.\n\nKept for old clients.", "."),
        ("This parameter is deprecated.", "."),
        ("This parameter is deprecated and has no effect.", "."),
        ("This input field has been deprecated, please use other_field instead.", ": This input field has been deprecated, please use other_field instead."),
        ("The old one. This is now deprecated.", "."),
        ("The old one. This option is deprecated. Use `other` instead. It goes in May.", ": Use `other` instead (in C#: `Other`)."),

        ("Status of the model. Active: available. Deprecated: will be removed. Retired: gone.", null),
        ("Deprecated: will be removed. Active: available.", null),
        ("Active: use freely. Deprecated: use a newer model instead.", null),
        ("Active: available\nDeprecated: will be removed\nRetired: gone", null),
        ("- `active`: available.\n- `deprecated`: will be removed.", null),
        ("- Active: available.\n- Deprecated: will be removed.", null),
        ("Which models. Active. Deprecated. Retired.", null),
        ("Deprecated-style output is returned too.", null),
        ("Deprecated models are listed too.", null),
        ("Deprecated, retired and active models are listed.", null),
        ("Deprecated: false", null),
        ("Deprecated? See the guide.", null),
        ("Whether it is deprecated.", null),
        ("This field is deprecated if the other is given.", null),
        ("This option is deprecated for new users.", null),
        ("This list shows what is deprecated.", null),
        ("This model is not deprecated.", null),
        ("Use `turbo` for speed. This option is deprecated. `base` is slow.", null),
        ("One of several, e.g. deprecated. The default is active.", null),
        ("Will be deprecated in May.", null),
        ("The `old` value is deprecated.", null),
    ];

    /// <summary>What is beside the type of a member, and what is said of it.</summary>
    private static readonly (string Keywords, string? Message)[] _extensions =
    [
        ("\"x-deprecated\": true", "."),
        ("\"x-deprecated\": \"yes\"", "."),
        ("\"x-deprecated\": {}", "."),
        ("\"x-deprecation\": \"Gone in May.\"", ": Gone in May."),
        ("\"x-deprecated-message\": \"Gone.\"", ": Gone."),
        ("\"x-deprecated\": {\"replacement\": \"other\"}", ": Use other instead (in C#: `Other`)."),
        ("\"x-deprecated-use\": \"other\"", ": Use other instead (in C#: `Other`)."),
        ("\"deprecated\": true, \"x-deprecated\": \"2026-01-01\"", "."),
        ("\"deprecated\": true, \"x-replaced-by\": \"other\"", ": Use other instead (in C#: `Other`)."),
        ("\"x-deprecated-reason\": \"Gone.\", \"deprecated\": true", ": Gone."),
        ("\"x-deprecated-values\": [\"a\"], \"deprecated\": true", "."),
        ("\"$ref\": \"#/components/schemas/Old\"", "."),

        ("\"deprecated\": false, \"x-deprecated-reason\": \"Gone.\"", null),
        ("\"x-deprecated-reason\": \"Gone.\", \"deprecated\": false", null),
        ("\"deprecated\": false, \"description\": \"Deprecated. Use other instead.\"", null),
        ("\"deprecated\": false, \"$ref\": \"#/components/schemas/Old\"", null),
        ("\"x-deprecated\": false", null),
        ("\"x-deprecated\": null", null),
        ("\"x-deprecated\": \"false\"", null),
        ("\"x-deprecated\": \"\"", null),
        ("\"x-deprecated\": \"2026-01-01\"", null),
        ("\"x-deprecated\": [\"a\"]", null),
        ("\"x-deprecated\": 5", null),
        ("\"x-deprecated-values\": [\"a\"]", null),
        ("\"x-deprecated-reason\": null", null),
        ("\"x-deprecated-reason\": true", null),
        ("\"x-deprecation-date\": \"2026-01-01\"", null),
        ("\"x-deprecation-policy\": \"https://x.example/policy\"", null),
        ("\"x-deprecatedness\": true", null),
    ];

    [Fact]
    public void Only_a_sentence_of_the_member_itself_calls_it_deprecated() => AssertMessages(
        _sentences, description => $"\"type\": \"string\", \"description\": {JsonSerializer.Serialize(description)}");

    [Fact]
    public void Only_known_extensions_of_known_values_do_and_an_explicit_false_takes_precedence() => AssertMessages(
        _extensions, keywords => keywords.Contains("$ref") ? keywords : "\"type\": \"string\", " + keywords);

    [Theory]
    [InlineData("\"x-deprecation-policy\": \"https://x.example/policy\"", null)]
    [InlineData("\"x-deprecated\": {\"message\": \"Gone.\"}", ": Gone.")]
    public void The_policy_of_a_document_is_not_that_its_model_is_deprecated(string extension, string? message)
    {
        var document = Documents.FalOpenApi("fal-ai/old", """{"a": {"type": "string"}}""").Replace("\"info\": {", "\"info\": {" + extension + ", ");

        Assert.Contains(extension, document.Text);
        Assert.Equal(message is null ? null : Plain + message, Obsolete(new Project([document]).Run().Load().GetType("Demo.Models.Old", throwOnError: true)!));
    }

    private static void AssertMessages((string Case, string? Message)[] cases, Func<string, string> keywords)
    {
        var members = cases.Select((one, index) => $"\"m{index}\": {{{keywords(one.Case)}}}").Prepend("\"other\": {\"type\": \"string\"}");
        var document = Documents.FalOpenApi(
            "fal-ai/old", "{" + string.Join(",\n", members) + "}", [], """{"Old": {"type": "string", "maxLength": 9, "deprecated": true}}""");
        var request = new Project([document]).Run().Load().GetType("Demo.Models.Old+Request", throwOnError: true)!;

        var others = cases
            .Select((one, index) => (one.Case, Expected: one.Message is null ? null : Plain + one.Message, Actual: Obsolete(request.GetProperty("M" + index)!)))
            .Where(one => one.Expected != one.Actual);
        Assert.Empty(others.Select(one => $"{one.Case}: {one.Actual ?? "none"} instead of {one.Expected ?? "none"}"));
    }

    private static string? Obsolete(MemberInfo member) => member.GetCustomAttribute<ObsoleteAttribute>()?.Message;
}
