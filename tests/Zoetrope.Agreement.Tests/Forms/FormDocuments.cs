namespace Zoetrope.Agreement.Tests;

/// <summary>Documents that hold the forms of which the real ones have few or none.</summary>
internal static class FormDocuments
{
    private const string Schemas = """
        {
          "Size": {"type": "object", "required": ["width"], "properties": {"width": {"type": "integer", "minimum": 1, "maximum": 14142}, "height": {"type": "integer", "exclusiveMinimum": 0}}},
          "Lora": {"type": "object", "required": ["path"], "properties": {"path": {"type": "string", "minLength": 1}, "scale": {"type": "number", "minimum": 0, "maximum": 4, "default": 1}}},
          "Closed": {"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}},
          "Tree": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
          "Image": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"}}},
          "Base": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "weight": {"type": "number", "maximum": 9}}},
          "Circle": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "const": "circle"}, "radius": {"type": "number", "minimum": 0}}},
          "Square": {"type": "object", "required": ["kind", "side"], "properties": {"kind": {"type": "string", "enum": ["square"]}, "side": {"type": "number", "maximum": 100}}},
          "Message": {"type": "object", "required": ["role"], "properties": {"type": {"type": "string", "const": "message", "default": "message"}, "role": {"type": "string", "minLength": 1}}},
          "Call": {"type": "object", "required": ["name"], "properties": {"type": {"type": "string", "const": "call", "default": "call"}, "name": {"type": "string"}}},
          "One": {"type": "object", "required": ["type"], "properties": {"type": {"type": "integer", "enum": [1]}, "size": {"type": "integer", "maximum": 9}}},
          "Two": {"type": "object", "required": ["type"], "properties": {"type": {"type": "integer", "enum": [2]}, "size": {"type": "integer", "minimum": 9}}},
          "Joined": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["more"], "properties": {"more": {"type": "boolean"}, "weight": {"type": "number", "minimum": 1}}}]}
        }
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Spec> All { get; } =
    [
        Documents.FalOpenApi("forms/numbers", """
            {
              "fraction": {"type": "number", "enum": [0.5, 1.25, 2]},
              "whole": {"type": "integer", "enum": [1, 2, 4]},
              "wide": {"type": "integer", "enum": [1, 17454220438242315174]},
              "step": {"type": "number", "multipleOf": 0.05, "minimum": 0, "maximum": 2},
              "eight": {"type": "integer", "multipleOf": 8, "minimum": 256, "maximum": 1536},
              "between": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
              "between_old": {"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1, "exclusiveMaximum": true},
              "above": {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 7},
              "seed": {"type": "integer"},
              "other_seed": {"type": "integer", "multipleOf": 2},
              "big": {"type": "integer", "maximum": 99999999999999999999},
              "free": {"type": "number"},
              "frees": {"type": "array", "items": {"type": "number"}},
              "wholes": {"type": "array", "items": {"type": "integer"}},
              "maybe": {"anyOf": [{"type": "number", "maximum": 3}, {"type": "null"}]}
            }
            """, output: """{"free": {"type": "number"}, "frees": {"type": "array", "items": {"type": "number"}}, "seed": {"type": "integer"}, "map": {"type": "object", "additionalProperties": {"type": "number"}}}"""),
        Documents.FalOpenApi("forms/values", """
            {
              "always": {"type": "boolean", "enum": [true]},
              "never": {"const": false},
              "either_way": {"type": "boolean", "enum": [true, false]},
              "either_alternative": {"anyOf": [{"type": "boolean", "enum": [true]}, {"type": "boolean", "enum": [false]}]},
              "unsigned": {"type": "integer", "format": "uint64", "minimum": 0, "maximum": 18446744073709551615},
              "unsigneds": {"type": "array", "items": {"type": "integer", "format": "uint64", "maximum": 18446744073709551615}, "uniqueItems": true},
              "several_numbers": {"anyOf": [{"const": 1}, {"enum": [2, 3]}]},
              "one": {"const": "only"},
              "maybe": {"type": "string", "enum": ["a", "b", null], "nullable": true},
              "maybe_listed": {"anyOf": [{"type": "string"}, {"type": "null"}], "enum": ["a", "b"]},
              "maybe_ref": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "null"}]},
              "open": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "string"}]},
              "mixed": {"enum": ["a", 1, true, null]},
              "text": {"type": "string", "minLength": 2, "maxLength": 4},
              "word": {"type": "string", "pattern": "^[a-z]+$"},
              "list": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "uniqueItems": true, "maxItems": 2},
              "null": {"type": "null"},
              "must_or_null": {"anyOf": [{"type": "string"}, {"type": "null"}]},
              "must_number_or_null": {"type": "number", "nullable": true, "maximum": 3}
            }
            """, [
                "one",
                "must_or_null",
                "must_number_or_null"
            ], output: """{"state": {"type": "string", "enum": ["ok", "bad"]}, "maybe": {"type": "string", "nullable": true}}"""),
        Documents.FalOpenApi("forms/containers", """
            {
              "numbers": {"type": "array", "items": {"type": "number"}, "uniqueItems": true},
              "objects": {"type": "array", "items": {"$ref": "#/components/schemas/Lora"}, "uniqueItems": true, "minItems": 1, "maxItems": 3},
              "maybes": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
              "maybe_numbers": {"type": "array", "items": {"type": "integer", "nullable": true}},
              "maybe_objects": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Lora"}, {"type": "null"}]}},
              "lists": {"type": "array", "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}},
              "map": {"type": "object", "additionalProperties": {"type": "number", "maximum": 5}},
              "maps": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}}},
              "map_of_objects": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Lora"}},
              "map_of_maybes": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
              "closed": {"$ref": "#/components/schemas/Closed"},
              "tree": {"$ref": "#/components/schemas/Tree"},
              "joined": {"$ref": "#/components/schemas/Joined"},
              "image": {"$ref": "#/components/schemas/Image"},
              "images": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}, "minItems": 1},
              "anything": {},
              "list_of_anything": {"type": "array", "items": {}},
              "free_object": {"type": "object"}
            }
            """, schemas: Schemas, output: """{"images": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}}, "tree": {"$ref": "#/components/schemas/Tree"}, "maybes": {"type": "array", "items": {"type": ["string", "null"]}}}"""),
        Documents.FalOpenApi("forms/newer", """
            {
              "shape": {
                "oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}],
                "discriminator": {"propertyName": "kind", "mapping": {"circle": "#/components/schemas/Circle", "square": "#/components/schemas/Square"}}
              },
              "shapes": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}, {"type": "null"}]}, "maxItems": 3},
              "point": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}], "minItems": 2, "maxItems": 2},
              "fixed": {"type": "object", "required": ["type"], "properties": {"type": {"const": "a"}, "count": {"type": "integer", "minimum": 1}}},
              "maybe_text": {"type": ["string", "null"], "maxLength": 3},
              "maybe_number": {"type": ["number", "null"], "maximum": 3},
              "few": {"type": "object", "minProperties": 1, "maxProperties": 2},
              "either": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
            }
            """, [
                "fixed"
            ], Schemas, """{"shape": {"oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}]}, "point": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}]}}"""),
        Documents.FalOpenApi("forms/combined", """
            {
              "code": {"allOf": [{"type": "string", "maxLength": 4}, {"maxLength": 40, "minLength": 2}]},
              "kind": {"allOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"enum": ["b", "c", "d"]}]},
              "number": {"allOf": [{"type": "number", "minimum": 0, "maximum": 30, "multipleOf": 2}, {"type": "integer", "minimum": 3, "maximum": 40, "multipleOf": 3}]},
              "list": {"allOf": [{"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 3}, {"items": {"minLength": 1}, "minItems": 1}]},
              "narrow_joined": {"allOf": [{"$ref": "#/components/schemas/Joined"}, {"type": "object", "required": ["size"], "properties": {"weight": {"maximum": 5}, "size": {"$ref": "#/components/schemas/Size"}}}]},
              "twice_sized": {"allOf": [{"type": "object", "properties": {"size": {"$ref": "#/components/schemas/Size"}}}, {"type": "object", "properties": {"size": {"type": "object", "required": ["height"], "properties": {"height": {"maximum": 9}}}}}]},
              "limited": {"type": "string", "maxLength": 3, "anyOf": [{"pattern": "^a"}, {"pattern": "^c"}]}
            }
            """, [], Schemas),
        Documents.FalOpenApi("forms/texts", """
            {
              "date": {"type": "string", "format": "date-time"},
              "id": {"type": "string", "format": "uuid"},
              "link": {"type": "string", "format": "uri"},
              "image_url": {"type": "string", "x-fal": {"max_file_size": 100}},
              "closed": {"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}},
              "long": {"type": "string", "minLength": 300, "maxLength": 310}
            }
            """, ["date", "id", "link", "image_url"]),
        TestFiles.EachlabsPage.Replace("| multi_prompt | array | No | - | 0–5 |", "| image_urls | array | No | - | 0–2 |"),
        Documents.FalOpenApi("forms/unions", """
            {
              "size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square", "square_hd"]}]},
              "size_or_null": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square"]}, {"type": "null"}]},
              "text_or_list": {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "array", "items": {"type": "string", "maxLength": 2}, "maxItems": 2}]},
              "number_or_text": {"type": ["number", "string"], "maximum": 4},
              "whole_or_auto": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "string", "enum": ["auto"]}]},
              "whole_or_number": {"anyOf": [{"type": "integer", "minimum": 10}, {"type": "number", "maximum": 1}]},
              "texts": {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "maxLength": 2}]},
              "told": {"oneOf": [{"type": "object", "required": ["labels"], "properties": {"labels": {"type": "array", "items": {"type": "string"}}}}, {"type": "object", "properties": {"model": {"type": "string"}}}]},
              "open_texts": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}},
              "typed": {"type": "boolean", "oneOf": [{"type": "boolean"}, {"type": "string", "enum": ["auto"]}], "default": "auto"},
              "two_texts": {"anyOf": [{"type": "string", "minLength": 5}, {"type": "string", "maxLength": 2}]},
              "object_or_object": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"$ref": "#/components/schemas/Lora"}]},
              "look_alike": {"anyOf": [{"$ref": "#/components/schemas/Tree"}, {"$ref": "#/components/schemas/Closed"}]},
              "list_of_unions": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Lora"}, {"type": "number", "minimum": 0}]}, "maxItems": 3},
              "map_of_unions": {"type": "object", "additionalProperties": {"anyOf": [{"type": "number"}, {"type": "boolean"}]}},
              "lists": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "number"}}]},
              "flag_or_text": {"anyOf": [{"type": "boolean", "enum": [true]}, {"type": "string", "pattern": "^[a-z]+$"}]},
              "exactly": {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "number"}]},
              "optional_tag": {"anyOf": [{"$ref": "#/components/schemas/Message"}, {"$ref": "#/components/schemas/Call"}]},
              "numbered": {"oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]},
              "must_be_size_or_null": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "null"}]},
              "must_be_choice_or_null": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}
            }
            """, [
                "size",
                "must_be_size_or_null",
                "must_be_choice_or_null"
            ], Schemas, """{"size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string"}]}, "any": {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "array", "items": {"type": "number"}}]}}"""),
    ];
}
