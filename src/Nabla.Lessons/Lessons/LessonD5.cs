namespace Nabla.Lessons;

internal static class LessonD5
{
    // Below this size a gradient has as good as vanished.
    private const double Vanished = 0.01;

    private static readonly PlotSection Plot = new(
        -6, 6, 121,
        ("sigmoid", "1 / (1 + e^(−x))", x => x.Sigmoid()),
        ("tanh", "tanh x", x => x.Tanh()),
        ("ReLU", "max(x, 0)", x => x.Relu()),
        ("leaky ReLU", "max(x, 0.1 x)", x => x.LeakyRelu(0.1)),
        ("ELU", "x > 0: x, else e^x − 1", x => x.Elu()),
        ("softplus", "ln(1 + e^x)", x => x.Softplus()),
        ("GELU", "x Φ(x)", x => x.Gelu()),
        ("SiLU", "x σ(x)", x => x.Silu()),
        ("maxout", "max(−x − 1, x / 2)", x => (-x - 1).Maximum(x / 2)));

    public static Lesson Lesson { get; } = new(
        "D5",
        new("Activation functions and their derivatives", "활성화 함수와 그 미분"),
        new("Nine curves beside their derivatives: look for the places where the gradient vanishes.",
            "아홉 곡선과 그 미분을 나란히 놓고, 기울기가 사라지는 곳을 찾아봅니다."),
        new TextSection(
            """
            Do not look at the curves first, look at their derivatives: a derivative is what an activation lets pass of the gradient. Where it is near 0 the
            unit is **saturated**, and nothing that lies before it learns anything.

            **Sigmoid** and **tanh** are flat on both sides. tanh is the better of the two: its derivative reaches 1 in the middle, the sigmoid's only 1/4, and its values lie
            around 0. **ReLU** is flat on one side only, and exactly 1 on the other. **Leaky ReLU** keeps a small slope where ReLU has none, so no unit can die.

            **ELU**, **softplus**, **GELU** and **SiLU** are smooth relatives of ReLU. GELU and SiLU dip slightly below 0, and there their derivative is negative.
            **Maxout** is the larger of several lines: it learns its own shape, at the price of several weights for each.
            """,
            """
            곡선보다 미분을 먼저 보세요. 미분은 활성화 함수가 기울기를 얼마나 통과시키는지를 나타냅니다. 미분이 0에 가까운 곳에서 유닛은 **포화**되었다고 하며,
            그 앞에 있는 것은 아무것도 배우지 못합니다.

            **시그모이드**와 **tanh**는 양쪽이 모두 평평합니다. 둘 중에는 tanh가 낫습니다. 가운데에서 미분이 1까지 올라가고(시그모이드는 1/4), 값이 0을 중심으로
            놓입니다. **ReLU**는 한쪽만 평평하고 다른 쪽은 정확히 1입니다. **leaky ReLU**는 ReLU가 평평한 곳에도 작은 경사를 남겨 죽는 유닛이 없습니다.

            **ELU**, **softplus**, **GELU**, **SiLU**는 ReLU를 매끄럽게 만든 친척입니다. GELU와 SiLU는 0 아래로 살짝 내려가며, 그곳에서는 미분이 음수입니다.
            **maxout**은 여러 직선 가운데 가장 큰 값입니다. 자기 모양을 스스로 배우는 대신 직선마다 가중치가 필요합니다.
            """),
        Plot,
        new TableSection(
            [new("function", "함수"), new("derivative at −5", "−5에서의 미분"), new("at 0", "0에서"), new("at 5", "5에서"), new("largest", "가장 클 때"),
                new("vanishes (below 0.01) in", "사라지는 곳 (0.01 미만)")],
            Vanishing)
        {
            Title = new("Where gradients vanish, between −6 and 6", "−6과 6 사이에서 기울기가 사라지는 곳"),
        },
        new QuizSection(
            "quiz-1",
            new("Which of these lets the gradient pass unweakened for large positive x?", "x가 큰 양수일 때 기울기를 약하게 하지 않고 통과시키는 것은 무엇일까요?"),
            ["sigmoid", "tanh", "ReLU"],
            right: 2,
            new("ReLU's derivative is 1 for every positive x; the other two flatten out.", "ReLU의 미분은 양수에서 늘 1입니다. 나머지 둘은 평평해집니다.")));

    private static IEnumerable<BilingualText[]> Vanishing()
    {
        foreach (PlotCurve curve in Plot.Curves)
        {
            double flat = curve.Derivative.Count(slope => Math.Abs(slope) < Vanished) / (double)Plot.X.Length;
            yield return
            [
                curve.Name, Written.Text(At(curve, -5), 3), Written.Text(At(curve, 0), 3), Written.Text(At(curve, 5), 3),
                Written.Text(curve.Derivative.Max(), 3), $"{100 * flat:F0} %",
            ];
        }
    }

    private static double At(PlotCurve curve, double place) => curve.Derivative[Plot.X.IndexOf(Plot.X.MinBy(x => Math.Abs(x - place)))];
}
