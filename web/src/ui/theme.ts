import { createTheme, type MantineColorsTuple } from "@mantine/core";

const blue: MantineColorsTuple = [
  "#eaf1fb",
  "#d2e1f6",
  "#a6c3ed",
  "#78a3e3",
  "#5287da",
  "#3a74d3",
  "#2c69ce",
  "#1f5fbf",
  "#1a54aa",
  "#134690",
];
const red: MantineColorsTuple = [
  "#fdecec",
  "#f9d2d2",
  "#f0a3a3",
  "#e77272",
  "#de4a4a",
  "#d63030",
  "#cf2226",
  "#c4161c",
  "#a81217",
  "#8c0d12",
];

/** The office look: dense, square, one blue; red is kept for what is overdue or cannot be undone. */
export const theme = createTheme({
  colors: { blue, red },
  primaryColor: "blue",
  primaryShade: { light: 7, dark: 5 },
  fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.5", lg: "1.5", xl: "1.4" },
  radius: { xs: "2px", sm: "4px", md: "4px", lg: "4px", xl: "4px" },
  defaultRadius: "sm",
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
});
