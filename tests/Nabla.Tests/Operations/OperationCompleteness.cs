namespace Nabla.Tests;

public class OperationCompleteness
{
    [Fact]
    public void EveryOperationAndEveryFormulaHasARow()
    {
        HashSet<Type?> subjects = [.. OperationTable.Rows.Select(row => row.Subject)];
        string[] missing = [.. typeof(Operation).Assembly.GetTypes().Where(NeedsARow).Where(type =>
            !subjects.Contains(type)).Select(type => type.Name).Order()];
        Assert.True(missing.Length == 0, $"no row in OperationTable for {string.Join(", ", missing)}; add one for each");
    }

    /// <summary>
    /// Unary, Binary and Compare are covered by the rows of their formulas, UnaryGradient through each unary row, FusedElementwise and FinishedProduct, which only the
    /// compiler makes, by the traced check of each row and by PlanTests; the parts of a way there and back that nobody calls by themselves by the row of the whole.
    /// Anything new without a row of its own needs checks first.
    /// </summary>
    [Fact]
    public void WhatIsCoveredOtherwiseIsKnown()
    {
        HashSet<Type?> subjects = [.. OperationTable.Rows.Select(row => row.Subject)];
        string[] others =
        [
            .. typeof(Operation).Assembly.GetTypes().Where(IsOperation).Where(type => !NeedsARow(type) && !subjects.Contains(type))
                .Select(type => type.Name).Order(StringComparer.Ordinal),
        ];
        string known = "BatchNormalizationGradient BatchNormalizationSums Binary`1 ChannelMoments Compare`1 FinishedConvolution FinishedProduct FusedElementwise MaxPool2dGradient "
            + "RecurrentGradient RecurrentHiddenGradient RecurrentMemory RecurrentWeightGradient SelfAttentionGradient UnaryGradient`1 Unary`1";
        Assert.Equal(known, string.Join(" ", others));
    }

    [Fact]
    public void LabelsAreUnique() => Assert.Equal(OperationTable.Rows.Count, OperationTable.Rows.Select(row => row.Label).Distinct().Count());

    [Fact]
    public void EveryOperationIsSealed() => Assert.All(
        typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation))), type =>
            Assert.True(type.IsSealed || type.IsAbstract, type.Name));

    private static bool NeedsARow(Type type) => (IsOperation(type) && type.IsPublic && !type.IsGenericTypeDefinition) || IsFormula(type);

    private static bool IsOperation(Type type) => type.IsSubclassOf(typeof(Operation)) && type.IsSealed && !type.IsAbstract;

    // A formula that a kernel keeps to itself is no operation's.
    private static bool IsFormula(Type type) => type.IsValueType && !type.IsNestedPrivate && (typeof(IUnaryFormula).IsAssignableFrom(type)
        || typeof(IBinaryFormula).IsAssignableFrom(type) || typeof(IComparison).IsAssignableFrom(type));
}
