using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nabla.Testing;

/// <summary>What an assembly shows to the world, a line a member, held against a file that people review.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>Fails where the assembly shows something else than the approved file beside the calling test.</summary>
    /// <param name="assembly">Whose public members are listed.</param>
    /// <param name="file">The approved list, beside the test.</param>
    /// <param name="test">The calling file.</param>
    public static void Check(Assembly assembly, string file, [CallerFilePath] string test = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(test)!, file);
        string[] actual = Describe(assembly);
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_API") == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
            return;
        }
        string[] approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        StringBuilder difference = new();
        foreach (string line in approved.Except(actual)) difference.Append("\n- ").Append(line);
        string[] operations = [.. NewOperations(assembly, approved)];
        foreach (string line in actual.Except(approved).Where(line => !operations.Any(name => IsOf(name, line)))) difference.Append("\n+ ").Append(line);
        Assert.True(difference.Length == 0,
            $"the public surface of {assembly.GetName().Name} is not the one in {file}:{difference}\n"
            + "if that is meant, run the test again with NABLA_ACCEPT_API=1 and commit the file");
    }

    /// <summary>Operations that the list does not know yet: their row in the operation table holds them, so that adding one touches no third file.</summary>
    private static IEnumerable<string> NewOperations(Assembly assembly, string[] approved) => assembly.GetExportedTypes()
        .Where(type => type.Namespace == "Nabla.Operations").Select(type => type.Name)
        .Where(name => !approved.Any(line => IsOf(name, line)));

    /// <summary>Whether a line is of an operation or of its fluent form.</summary>
    private static bool IsOf(string operation, string line)
    {
        ReadOnlySpan<char> type = line.AsSpan(0, line.AsSpan().IndexOfAny('.', ':'));
        return type.SequenceEqual(operation) || type.SequenceEqual(operation + "Extensions");
    }

    /// <summary>One line a public type or member, sorted.</summary>
    public static string[] Describe(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => !type.FullName!.Contains('<')).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        yield return $"{name}: {Kind(type)}";
        if (type.IsSubclassOf(typeof(Delegate))) yield break;
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            if (member is Type || member.Name.Contains('<') || IsInherited(member) || Text(member) is not { } text) continue;
            yield return $"{name}.{text}";
        }
    }

    private static string? Text(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field) && !field.IsSpecialName =>
            $"{field.Name}: {Name(field.FieldType)}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        // An indexer has parameters; an extension property is seen as its method.
        PropertyInfo property when IsSeen(property.GetMethod) || IsSeen(property.SetMethod) => property.Name == "EqualityContract" ? null
            : $"{Static(property.GetMethod ?? property.SetMethod!)}{property.Name}{Indices(property)}: {Nullable(property)} "
                + $"{{{Getter(property)}{Setter(property)} }}",
        ConstructorInfo constructor when IsSeen(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && !IsMadeByTheCompiler(method) && !IsAccessor(method) =>
            $"{Static(method)}{method.Name}{Generics(method)}({Parameters(method)}): {Nullable(method.ReturnParameter)}",
        _ => null,
    };

    // What a base has declared already, and the copy that a record is cloned with.
    private static bool IsInherited(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetBaseDefinition() != method,
        PropertyInfo property => (property.GetMethod ?? property.SetMethod)!.GetBaseDefinition() != (property.GetMethod ?? property.SetMethod),
        ConstructorInfo constructor => constructor.GetParameters() is [{ Name: "original" } original]
            && original.ParameterType == constructor.DeclaringType,
        _ => false,
    };

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily;

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsMadeByTheCompiler(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute))
        || method.Name is "ToString" or "GetHashCode" or "PrintMembers" or "Equals" && method.IsVirtual;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && method.DeclaringType!
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Any(property =>
            property.GetMethod == method || property.SetMethod == method);

    private static string Kind(Type type)
    {
        string kind = type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsSubclassOf(typeof(Delegate))
            ? "delegate"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        string[] bases = type.IsEnum || type.IsSubclassOf(typeof(Delegate)) ? [] :
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? new[] { Name(parent) } : [],
            .. type.GetInterfaces().Where(face =>
                face.IsPublic && !face.Name.StartsWith("IEquatable", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal),
        ];
        return bases.Length == 0 ? kind : $"{kind}, {string.Join(", ", bases)}";
    }

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Getter(PropertyInfo property) => IsSeen(property.GetMethod) ? " get;" : "";

    private static string Setter(PropertyInfo property) => !IsSeen(property.SetMethod) ? ""
        : property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";

    private static string Indices(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(Parameter))}]" : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{(parameter.IsOut ? "out " : "")}{Nullable(parameter)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "");

    private static string Nullable(ParameterInfo parameter) =>
        Name(parameter.ParameterType) + Mark(new NullabilityInfoContext().Create(parameter), parameter.ParameterType);

    private static string Nullable(PropertyInfo property) =>
        Name(property.PropertyType) + Mark(new NullabilityInfoContext().Create(property), property.PropertyType);

    private static string Mark(NullabilityInfo info, Type type) =>
        !type.IsValueType && info.ReadState == NullabilityState.Nullable && !type.IsGenericParameter ? "?" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        if (System.Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        int tick = name.IndexOf('`');
        if (tick < 0) return name;
        return $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
